// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import SwiftASN1
import X509
import _CryptoExtras

/// Private keys between their encodings: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017 §A.1.2) and SEC 1 (RFC 5915).
enum KeyEncoding {
    private static let pkcs8 = "PRIVATE KEY"
    private static let pkcs1 = "RSA PRIVATE KEY"
    private static let sec1 = "EC PRIVATE KEY"

    /// The first key that is not encrypted, whatever stands before it.
    static func read(_ bytes: Data) throws(MaterialError) -> Certificate.PrivateKey {
        switch try FileContents(bytes) {
        case .binary(let der): try readDER(der)
        case .text(let blocks): try readPEM(blocks.filter { $0.label.hasSuffix(pkcs8) })
        }
    }

    private static func readPEM(_ blocks: [PEMText.Block]) throws(MaterialError) -> Certificate.PrivateKey {
        guard !blocks.isEmpty else { throw MaterialError("there is no private key in it") }
        guard let block = blocks.first(where: { !$0.hasHeaders && $0.label != "ENCRYPTED " + pkcs8 }) else {
            throw MaterialError("the private key is encrypted; decrypt it first, for example with `openssl pkey`")
        }
        return try MaterialError.attempt("the private key is damaged, weaker than RSA 2048, or of an unknown kind") {
            try Certificate.PrivateKey(pemDocument: PEMDocument(type: block.label, derBytes: Array(block.der)))
        }
    }

    private static func readDER(_ der: Data) throws(MaterialError) -> Certificate.PrivateKey {
        for label in [pkcs8, pkcs1, sec1] {
            do {
                return try Certificate.PrivateKey(pemDocument: PEMDocument(type: label, derBytes: Array(der)))
            } catch {
                continue
            }
        }
        throw MaterialError("this is not a private key in PKCS#8, PKCS#1 or SEC 1, or it is encrypted")
    }

    static func signer(_ key: PrivateKey) throws(MaterialError) -> Certificate.PrivateKey {
        try MaterialError.attempt("the private key cannot be used") {
            var der = Array(key.der)
            defer { der.wipe() }
            return try Certificate.PrivateKey(derBytes: der)
        }
    }

    static func record(_ key: Certificate.PrivateKey) throws(MaterialError) -> PrivateKey {
        try MaterialError.attempt("the private key cannot be written as PKCS#8") {
            let document = try key.serializeAsPEM()
            let publicKey = try key.publicKey.serializeAsPEM().derBytes
            let subject = try SubjectPublicKey(DER.parse(publicKey))
            // RSA keys come as PKCS#1, all others as PKCS#8.
            var der =
                document.discriminator == pkcs1
                ? try _RSA.Signing.PrivateKey(derRepresentation: document.derBytes).pkcs8DERRepresentation
                : Data(document.derBytes)
            defer { der.wipe() }
            return PrivateKey(der: Data(wiping: der), publicKey: subject.digest, algorithm: subject.algorithm)
        }
    }
}
