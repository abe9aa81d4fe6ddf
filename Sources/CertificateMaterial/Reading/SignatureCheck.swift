// SPDX-License-Identifier: Apache-2.0

import COpenSSL
import FoundationEssentials

/// Whether signatures hold, through OpenSSL, which knows every algorithm that CAs and tools have used.
///
/// What OpenSSL cannot read, or with an algorithm that it does not know, is not validly signed.
enum SignatureCheck {
    /// Whether a signing request is signed by the key in it.
    static func isSelfSigned(request der: Data) -> Bool {
        defer { ERR_clear_error() }
        guard let request = OpenSSL.decode(der, d2i_X509_REQ) else { return false }
        defer { X509_REQ_free(request) }
        guard let key = X509_REQ_get0_pubkey(request) else { return false }
        return X509_REQ_verify(request, key) == 1
    }

    /// Whether one certificate is signed by the key in another, or in itself.
    static func isSigned(_ certificate: Data, by issuer: Data) -> Bool {
        defer { ERR_clear_error() }
        guard let certificate = OpenSSL.decode(certificate, d2i_X509) else { return false }
        defer { X509_free(certificate) }
        guard let issuer = OpenSSL.decode(issuer, d2i_X509) else { return false }
        defer { X509_free(issuer) }
        guard let key = X509_get0_pubkey(issuer) else { return false }
        return X509_verify(certificate, key) == 1
    }
}
