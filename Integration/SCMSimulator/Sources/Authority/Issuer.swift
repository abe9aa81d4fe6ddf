// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A name and a key that sign certificates.
struct Issuer: Sendable {
    let name: DistinguishedName
    let key: SigningKey

    init(commonName: String, kind: String) throws {
        name = try DistinguishedName {
            CountryName("GB")
            OrganizationName("SCM Simulator")
            CommonName(commonName)
        }
        key = try SigningKey(kind: kind)
    }

    /// A certificate for another issuer, or for this one by itself.
    func vouch(for issuer: Issuer, pathLength: Int?, days: Int, now: Date) throws -> [UInt8] {
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: issuer.key.key.publicKey,
            notValidBefore: now.addingTimeInterval(-86_400 * 1000),
            notValidAfter: now.addingTimeInterval(86_400 * Double(days)), issuer: name, subject: issuer.name,
            signatureAlgorithm: key.algorithm,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: pathLength))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: issuer.key.key.publicKey)
                keyIdentifier
            },
            issuerPrivateKey: key.key)
        return try certificate.derBytes
    }

    private var keyIdentifier: AuthorityKeyIdentifier {
        AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: key.key.publicKey).keyIdentifier)
    }

    func sign(_ draft: LeafDraft) throws -> [UInt8] {
        let subject = try DistinguishedName {
            if let organization = draft.organization { OrganizationName(organization) }
            // X.520 has room for 64 characters.
            if draft.commonName.count <= 64 { CommonName(draft.commonName) }
        }
        let names = SubjectAlternativeNames(draft.names.map { .dnsName($0) } + draft.addresses.map { .ipAddress($0) })
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: draft.serial), publicKey: draft.publicKey,
            notValidBefore: draft.notBefore, notValidAfter: draft.notAfter, issuer: name, subject: subject,
            signatureAlgorithm: key.algorithm,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true, keyEncipherment: draft.isRSA))
                try ExtendedKeyUsage(draft.isForClients ? [.clientAuth] : [.serverAuth, .clientAuth])
                SubjectKeyIdentifier(hash: draft.publicKey)
                keyIdentifier
                if !names.isEmpty { try Certificate.Extension(names, critical: subject.isEmpty) }
            },
            issuerPrivateKey: key.key)
        return try certificate.derBytes
    }
}

/// A certificate about to be signed.
struct LeafDraft: Sendable {
    var publicKey: Certificate.PublicKey
    var isRSA: Bool
    var commonName: String
    var names: [String]
    var addresses: [ASN1OctetString] = []
    var organization: String?
    var serial: [UInt8]
    var notBefore: Date
    var notAfter: Date
    var isForClients = false
}

extension Certificate {
    var derBytes: [UInt8] {
        get throws {
            var serializer = DER.Serializer()
            try serializer.serialize(self)
            return serializer.serializedBytes
        }
    }
}
