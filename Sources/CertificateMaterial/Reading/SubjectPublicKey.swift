// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import FoundationEssentials
import LifecycleModel
import PublicCA
import SwiftASN1

/// A SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), read without judging it: weak and unknown keys are for others to refuse.
struct SubjectPublicKey {
    let digest: PublicKeyDigest
    let algorithm: KeyAlgorithm

    init(_ node: ASN1Node) throws {
        let (algorithm, point) = try DER.sequence(node, identifier: .sequence) { fields in
            let (identifier, parameters) = try Self.algorithmIdentifier(&fields)
            let key = try ASN1BitString(derEncoded: &fields)
            let isPoint = identifier == .AlgorithmIdentifier.idEcPublicKey
            return (try Self.algorithm(identifier, parameters, key.bytes), isPoint ? key.bytes.first : nil)
        }
        self.algorithm = algorithm
        let der = Data(node.encodedBytes)
        self.digest = PublicKeyDigest(Fingerprint.sha256(point.map { Self.plain(der, point: $0) } ?? der))
    }

    /// With the point of an elliptic curve in full: the same key may be written compressed (SEC 1 §2.3.3), and is to
    /// have one digest. As it was where OpenSSL does not know the curve.
    private static func plain(_ der: Data, point form: UInt8) -> Data {
        guard form != 4 else { return der }
        defer { ERR_clear_error() }
        guard let key = OpenSSL.decode(der, d2i_PUBKEY) else { return der }
        defer { EVP_PKEY_free(key) }
        // OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT
        guard EVP_PKEY_set_utf8_string_param(key, "point-format", "uncompressed") == 1 else { return der }
        return OpenSSL.encode(key, i2d_PUBKEY) ?? der
    }

    private static func algorithmIdentifier(
        _ fields: inout ASN1NodeCollection.Iterator
    ) throws -> (ASN1ObjectIdentifier, ASN1Node?) {
        guard let node = fields.next() else { throw MaterialError("the public key has no algorithm") }
        return try DER.sequence(node, identifier: .sequence) { fields in
            (try ASN1ObjectIdentifier(derEncoded: &fields), fields.next())
        }
    }

    private static func algorithm(
        _ identifier: ASN1ObjectIdentifier, _ parameters: ASN1Node?, _ key: ArraySlice<UInt8>
    ) throws -> KeyAlgorithm {
        switch identifier {
        case .AlgorithmIdentifier.rsaEncryption: return KeyAlgorithm("rsa-\(try modulusBits(key))")
        case .AlgorithmIdentifier.rsaPSS: return KeyAlgorithm("rsa-pss-\(try modulusBits(key))")
        case .AlgorithmIdentifier.idEcPublicKey:
            guard let parameters, parameters.identifier == .objectIdentifier else { return KeyAlgorithm("ec-explicit") }
            let curve = try ASN1ObjectIdentifier(derEncoded: parameters)
            return curves[curve] ?? KeyAlgorithm("ec-\(curve)")
        default:
            return plainAlgorithms[identifier] ?? KeyAlgorithm("\(identifier)")
        }
    }

    private static let curves: [ASN1ObjectIdentifier: KeyAlgorithm] = [
        .NamedCurves.secp256r1: .ecP256, .NamedCurves.secp384r1: .ecP384, .NamedCurves.secp521r1: .ecP521,
        [1, 3, 132, 0, 10]: KeyAlgorithm("ec-secp256k1"),
    ]

    /// RFC 8410 §3; DSA of RFC 3279 §2.3.2.
    private static let plainAlgorithms: [ASN1ObjectIdentifier: KeyAlgorithm] = [
        [1, 3, 101, 112]: KeyAlgorithm("ed25519"), [1, 3, 101, 113]: KeyAlgorithm("ed448"),
        [1, 2, 840, 10040, 4, 1]: KeyAlgorithm("dsa"),
    ]

    /// The length of the modulus of an RSAPublicKey (RFC 8017 §A.1.1).
    private static func modulusBits(_ key: ArraySlice<UInt8>) throws -> Int {
        try DER.sequence(DER.parse(key), identifier: .sequence) { fields in
            let modulus = try ArraySlice<UInt8>(derEncoded: &fields).drop { $0 == 0 }
            _ = try ArraySlice<UInt8>(derEncoded: &fields)
            guard let first = modulus.first else { throw MaterialError("the RSA key has no modulus") }
            return modulus.count * 8 - first.leadingZeroBitCount
        }
    }
}
