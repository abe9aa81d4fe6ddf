// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import PublicCA
import SwiftASN1
import X509
import _CryptoExtras

/// A certificate about to be signed.
struct CertificateDraft {
    var publicKey: Certificate.PublicKey
    var commonName: String
    var organization: String?
    var names: [PublicCA.SubjectAlternativeName]
    var serialNumber: [UInt8]
    var notBefore: Date
    var notAfter: Date
}

extension MockAuthority {
    /// Signs a leaf as the Baseline Requirements §7.1.2.7 want it.
    func sign(_ draft: CertificateDraft) throws -> Data {
        let issuer = try Certificate(derEncoded: Array(intermediate))
        let issuerKey = try P256.Signing.PrivateKey(rawRepresentation: intermediateKey)
        let isRSA = _RSA.Signing.PublicKey(draft.publicKey) != nil
        let names = SubjectAlternativeNames(try draft.names.map { try $0.generalName })
        // The common name has room for 64 characters (X.520); a longer one stands among the names alone.
        let hasCommonName = draft.commonName.count <= 64
        let subject = try DistinguishedName {
            if let organization = draft.organization { OrganizationName(organization) }
            if hasCommonName { CommonName(draft.commonName) }
        }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: draft.serialNumber),
            publicKey: draft.publicKey, notValidBefore: draft.notBefore, notValidAfter: draft.notAfter,
            issuer: issuer.subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true, keyEncipherment: isRSA))
                try ExtendedKeyUsage([.serverAuth])
                SubjectKeyIdentifier(hash: draft.publicKey)
                AuthorityKeyIdentifier(
                    keyIdentifier: SubjectKeyIdentifier(hash: issuer.publicKey).keyIdentifier)
                // An empty subject makes the names critical (RFC 5280 §4.2.1.6).
                try Certificate.Extension(names, critical: subject.isEmpty)
                AuthorityInformationAccess([
                    .init(
                        method: .issuingCA,
                        location: .uniformResourceIdentifier("http://mock-ca.invalid/issuing-1.crt")),
                    .init(
                        method: .ocspServer, location: .uniformResourceIdentifier("http://ocsp.mock-ca.invalid")),
                ])
                try Certificate.Extension.revocationList(at: "http://mock-ca.invalid/issuing-1.crl")
            },
            issuerPrivateKey: .init(issuerKey))
        return try certificate.der
    }
}

extension Certificate.Extension {
    /// CRLDistributionPoints with one full name (RFC 5280 §4.2.1.13).
    fileprivate static func revocationList(at address: String) throws -> Certificate.Extension {
        let choice = ASN1Identifier(tagWithNumber: 0, tagClass: .contextSpecific)
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { points in
            try points.appendConstructedNode(identifier: .sequence) { point in
                try point.appendConstructedNode(identifier: choice) { name in
                    try name.appendConstructedNode(identifier: choice) { fullName in
                        try fullName.serialize(GeneralName.uniformResourceIdentifier(address))
                    }
                }
            }
        }
        return Certificate.Extension(oid: [2, 5, 29, 31], critical: false, value: serializer.serializedBytes[...])
    }
}

extension PublicCA.SubjectAlternativeName {
    fileprivate var generalName: GeneralName {
        get throws {
            switch self {
            case .dnsName(let name): return .dnsName(name)
            case .ipAddress(let text):
                guard let octets = IPAddress.octets(text) else { throw UnreadableName(text: text) }
                return .ipAddress(ASN1OctetString(contentBytes: octets[...]))
            }
        }
    }
}

/// A name that is no address, though it looks like one.
struct UnreadableName: Error {
    var text: String
}
