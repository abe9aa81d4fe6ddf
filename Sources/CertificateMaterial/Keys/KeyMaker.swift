// SPDX-License-Identifier: Apache-2.0

import Crypto
public import FoundationEssentials
public import LifecycleModel
public import PublicCA
import X509
import _CryptoExtras

/// Makes RSA keys of 2048, 3072 and 4096 bits and keys on P-256, P-384 and P-521, and signing requests for them.
public struct KeyMaker: KeyMaking {
    public init() {}

    /// An RSA key takes from a fraction of a second to several; the caller's executor is free meanwhile.
    public func makeKey(_ algorithm: KeyAlgorithm) async throws(MaterialError) -> PrivateKey {
        switch algorithm {
        case .rsa2048: try await Self.makeRSA(.bits2048)
        case .rsa3072: try await Self.makeRSA(.bits3072)
        case .rsa4096: try await Self.makeRSA(.bits4096)
        case .ecP256: try KeyEncoding.record(.init(P256.Signing.PrivateKey()))
        case .ecP384: try KeyEncoding.record(.init(P384.Signing.PrivateKey()))
        case .ecP521: try KeyEncoding.record(.init(P521.Signing.PrivateKey()))
        default: throw MaterialError("keys of the kind \(algorithm.rawValue.quoted) cannot be made here")
        }
    }

    public func signingRequest(
        for names: [SubjectAlternativeName], commonName: String, key: PrivateKey
    ) throws(MaterialError) -> PublicCA.CertificateSigningRequest {
        try RequestBuilder.request(for: names, commonName: commonName, key: KeyEncoding.signer(key))
    }

    public func key(_ bytes: Data) throws(MaterialError) -> PrivateKey {
        try KeyEncoding.record(KeyEncoding.read(bytes))
    }

    @concurrent private static func makeRSA(_ size: _RSA.Signing.KeySize) async throws(MaterialError) -> PrivateKey {
        try MaterialError.attempt("the RSA key cannot be made") {
            try KeyEncoding.record(.init(_RSA.Signing.PrivateKey(keySize: size)))
        }
    }
}
