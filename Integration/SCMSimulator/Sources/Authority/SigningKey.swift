// SPDX-License-Identifier: Apache-2.0

import Crypto
import X509
import _CryptoExtras

/// A key of ours, of either kind, with the algorithm that it signs with.
struct SigningKey: Sendable {
    let key: Certificate.PrivateKey
    let algorithm: Certificate.SignatureAlgorithm
    let pem: String

    /// `RSA`, or anything else for EC.
    init(kind: String) throws {
        if kind == "RSA" {
            let key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
            self.key = Certificate.PrivateKey(key)
            algorithm = .sha256WithRSAEncryption
            pem = key.pemRepresentation
        } else {
            let key = P256.Signing.PrivateKey()
            self.key = Certificate.PrivateKey(key)
            algorithm = .ecdsaWithSHA256
            pem = key.pemRepresentation
        }
    }
}
