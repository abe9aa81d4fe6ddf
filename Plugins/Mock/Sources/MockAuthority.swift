// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import PublicCA
import SwiftASN1
import X509

/// The keys and certificates of the CA itself: made once, never changed.
struct MockAuthority: Codable, Hashable, Sendable {
    var firstDay: Date
    /// Makes this CA's serial numbers differ from every other's.
    var seed: Data
    /// Raw P-256 keys, and certificates in DER.
    var rootKey: Data
    var root: Data
    var intermediateKey: Data
    var intermediate: Data
    /// Another CA's root, for mischief.
    var stray: Data
    /// Whether the orders that others made are in the books already.
    var hasExistingOrders: Bool

    static func make(at now: Date) throws -> MockAuthority {
        let rootKey = P256.Signing.PrivateKey()
        let intermediateKey = P256.Signing.PrivateKey()
        let strayKey = P256.Signing.PrivateKey()
        let rootName = try DistinguishedName {
            OrganizationName("Mock CA")
            CommonName("Mock Root CA")
        }
        let intermediateName = try DistinguishedName {
            OrganizationName("Mock CA")
            CommonName("Mock Issuing CA 1")
        }
        let strayName = try DistinguishedName { CommonName("Stray Root CA") }
        // Older than any order that others made here, and good for longer than any test travels.
        let birth = now.addingTimeInterval(-500 * 86400)
        func authority(
            _ subject: DistinguishedName, _ key: P256.Signing.PrivateKey, by issuer: DistinguishedName,
            _ issuerKey: P256.Signing.PrivateKey, pathLength: Int?
        ) throws -> Data {
            let certificate = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
                notValidBefore: birth, notValidAfter: birth.addingTimeInterval(30 * 366 * 86400), issuer: issuer,
                subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: pathLength))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: .init(key.publicKey))
                    AuthorityKeyIdentifier(
                        keyIdentifier: SubjectKeyIdentifier(hash: .init(issuerKey.publicKey)).keyIdentifier)
                },
                issuerPrivateKey: .init(issuerKey))
            return try certificate.der
        }
        return MockAuthority(
            firstDay: now, seed: SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) },
            rootKey: rootKey.rawRepresentation,
            root: try authority(rootName, rootKey, by: rootName, rootKey, pathLength: nil),
            intermediateKey: intermediateKey.rawRepresentation,
            intermediate: try authority(intermediateName, intermediateKey, by: rootName, rootKey, pathLength: 0),
            stray: try authority(strayName, strayKey, by: strayName, strayKey, pathLength: nil),
            hasExistingOrders: false)
    }

    /// What the numbers of this CA's orders begin with: an account that is added again is at another CA, and the orders of
    /// the former one are still on record.
    var series: Int { 1 + seed.prefix(2).reduce(0) { $0 * 256 + Int($1) } }

    /// Sixteen octets that look random, are the same on every reading, and are positive (RFC 5280 §4.1.2.2).
    func serialNumber(order: Int, issuance: Int) -> [UInt8] {
        var octets = Array(SHA256.hash(data: seed + Data("\(order)/\(issuance)".utf8)).prefix(16))
        octets[0] = octets[0] & 0x3f | 0x40
        return octets
    }

    /// Leaf, issuing CA and root, unless told otherwise.
    func chain(from leaf: Data, upsideDown: Bool, withStrays: Bool) -> CertificateChain {
        let usual = withStrays ? [stray, root, leaf, stray, intermediate, root] : [leaf, intermediate, root]
        return CertificateChain(certificates: upsideDown ? usual.reversed() : usual)
    }
}

extension Certificate {
    var der: Data {
        get throws {
            var serializer = DER.Serializer()
            try serializer.serialize(self)
            return Data(serializer.serializedBytes)
        }
    }
}
