// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import FoundationEssentials
import LifecycleModel
import PublicCA

extension KeystoreContents {
    /// Rounds of PBKDF2 for each of key, certificates and MAC: well above OpenSSL's 2048 and Java's 10 000, and still
    /// read in a fraction of a second.
    static let usualRounds: Int32 = 100_000

    /// PKCS#12 (RFC 7292) with PBES2 (AES-256-CBC, HMAC-SHA-256) and a SHA-256 MAC: no legacy provider, any Java
    /// since 8u301.
    func pkcs12(password: Secret, rounds: Int32) throws(MaterialError) -> Data {
        defer { ERR_clear_error() }
        guard let key = OpenSSL.decode(key, Self.decodeKey) else {
            throw MaterialError("the private key cannot be read by OpenSSL")
        }
        defer { EVP_PKEY_free(key) }
        let stack = try CertificateStack(certificates)
        defer { stack.free() }
        let store = password.reveal { password in
            // Without a MAC at first: its digest is set below.
            PKCS12_create_ex(
                password, alias, key, stack.leaf, stack.issuers, NID_aes_256_cbc, NID_aes_256_cbc, rounds, -1, 0,
                nil, nil)
        }
        guard let store else { throw MaterialError("the PKCS#12 keystore cannot be written") }
        defer { PKCS12_free(store) }
        let isSealed = password.reveal { PKCS12_set_mac(store, $0, -1, nil, 0, rounds, EVP_sha256()) }
        guard isSealed == 1, let bytes = OpenSSL.encode(store, i2d_PKCS12) else {
            throw MaterialError("the PKCS#12 keystore cannot be written")
        }
        return bytes
    }

    private static func decodeKey(
        _ object: UnsafeMutablePointer<OpaquePointer?>?, _ bytes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
        _ length: Int
    ) -> OpaquePointer? {
        d2i_AutoPrivateKey(object, bytes, length)
    }
}

/// Certificates as OpenSSL holds them: the leaf, and its issuers in a stack. ``free()`` must be called once.
struct CertificateStack {
    let leaf: OpaquePointer
    let issuers: OpaquePointer

    init(_ certificates: [Data]) throws(MaterialError) {
        guard let first = certificates.first, let leaf = OpenSSL.decode(first, d2i_X509) else {
            throw MaterialError("the certificate cannot be read by OpenSSL")
        }
        guard let issuers = OPENSSL_sk_new_null() else {
            X509_free(leaf)
            throw MaterialError("there is no memory for the chain")
        }
        self.leaf = leaf
        self.issuers = issuers
        for der in certificates.dropFirst() {
            guard let issuer = OpenSSL.decode(der, d2i_X509) else {
                free()
                throw MaterialError("a certificate of the chain cannot be read by OpenSSL")
            }
            // It answers how many there are now, and zero where it could not.
            guard OPENSSL_sk_push(issuers, UnsafeRawPointer(issuer)) > 0 else {
                X509_free(issuer)
                free()
                throw MaterialError("there is no memory for the chain")
            }
        }
    }

    func free() {
        X509_free(leaf)
        while let issuer = OPENSSL_sk_pop(issuers) { X509_free(OpaquePointer(issuer)) }
        OPENSSL_sk_free(issuers)
    }
}
