// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Crypto
import Foundation
import LifecycleModel
import SwiftASN1
import X509

/// A key with its certificate, made once for all inputs.
struct KeystoreOwner: Sendable {
    let key: PrivateKey
    let certificate: Data

    static let shared = Result { try KeystoreOwner() }

    private init() throws {
        let signer = P256.Signing.PrivateKey()
        let name = try DistinguishedName { CommonName("www.example.org") }
        let start = Date(timeIntervalSince1970: 1_750_000_000)
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(signer.publicKey), notValidBefore: start,
            notValidAfter: start.addingTimeInterval(90 * 86_400), issuer: name, subject: name,
            signatureAlgorithm: .ecdsaWithSHA256, extensions: Certificate.Extensions(), issuerPrivateKey: .init(signer))
        var serializer = DER.Serializer()
        try serializer.serialize(certificate)
        self.certificate = Data(serializer.serializedBytes)
        self.key = try KeyMaker().key(signer.derRepresentation)
    }
}
