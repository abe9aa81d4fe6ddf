// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import PublicCA
import SwiftASN1
import X509

/// A CA in memory: enough of one to build chains, good and bad.
struct TestAuthority {
    let name: DistinguishedName
    let key: P256.Signing.PrivateKey
    let der: Data
    var hasKeyIdentifiers = true

    static let start = Date(timeIntervalSince1970: 1_750_000_000)

    /// A root that signs itself.
    static func root(
        _ name: String, key: P256.Signing.PrivateKey = .init(), start: Date = Self.start, hasKeyIdentifiers: Bool = true
    ) throws -> Self {
        let name = try DistinguishedName { CommonName(name) }
        let der = try sign(
            name, .init(key.publicKey), isAuthority: true, names: [], by: name, key, start, hasKeyIdentifiers)
        return Self(name: name, key: key, der: der, hasKeyIdentifiers: hasKeyIdentifiers)
    }

    /// An authority below this one; with `key` and the name of another root, that root cross-signed.
    func authority(_ text: String, key: P256.Signing.PrivateKey = .init()) throws -> Self {
        let name = try DistinguishedName { CommonName(text) }
        let der = try sign(name, .init(key.publicKey), isAuthority: true, names: [])
        return Self(name: name, key: key, der: der, hasKeyIdentifiers: hasKeyIdentifiers)
    }

    func leaf(
        _ text: String, key: Certificate.PublicKey = .init(P256.Signing.PrivateKey().publicKey),
        start: Date = Self.start, constraints: [UInt8]? = nil
    ) throws -> Data {
        let name = try DistinguishedName { CommonName(text) }
        return try Self.sign(
            name, key, isAuthority: false, names: [.dnsName(text)], by: self.name, self.key, start, hasKeyIdentifiers,
            constraints)
    }

    func sign(
        _ subject: DistinguishedName, _ subjectKey: Certificate.PublicKey, isAuthority: Bool, names: [GeneralName],
        start: Date = Self.start
    ) throws -> Data {
        try Self.sign(
            subject, subjectKey, isAuthority: isAuthority, names: names, by: name, key, start, hasKeyIdentifiers)
    }

    private static func sign(
        _ subject: DistinguishedName, _ subjectKey: Certificate.PublicKey, isAuthority: Bool, names: [GeneralName],
        by issuer: DistinguishedName, _ key: P256.Signing.PrivateKey, _ start: Date, _ hasKeyIdentifiers: Bool,
        _ constraints: [UInt8]? = nil
    ) throws -> Data {
        let issuerKey = Certificate.PublicKey(key.publicKey)
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: subjectKey, notValidBefore: start,
            notValidAfter: start.addingTimeInterval(90 * 86_400), issuer: issuer, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                if isAuthority { Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil)) }
                if let constraints {
                    Certificate.Extension(
                        oid: .X509ExtensionID.basicConstraints, critical: true, value: constraints[...])
                }
                if !names.isEmpty { SubjectAlternativeNames(names) }
                if hasKeyIdentifiers {
                    SubjectKeyIdentifier(hash: subjectKey)
                    AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: issuerKey).keyIdentifier)
                }
            }, issuerPrivateKey: .init(key))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        return Data(serializer.serializedBytes)
    }
}
