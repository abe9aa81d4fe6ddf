// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA
import SwiftASN1
import X509

extension CertificateFields {
    /// A certificate without a common name goes by its first name, or by its whole subject.
    var facts: CertificateFacts {
        get throws(MaterialError) {
            let names = try AlternativeNames.read([extensions])
            let subject = DistinguishedNameText.text(subject)
            let commonName = DistinguishedNameText.commonName(self.subject).map(AlternativeNames.normalized)
            let serialNumber = serialNumber.isEmpty ? "00" : Fingerprint.hex(serialNumber)
            return CertificateFacts(
                commonName: commonName ?? names.first?.text ?? subject, alternativeNames: names,
                serialNumber: SerialNumber(serialNumber), subject: subject,
                issuer: DistinguishedNameText.text(issuer), notBefore: notBefore, notAfter: notAfter,
                sha256: Fingerprint.sha256(der), publicKey: publicKey.digest, keyAlgorithm: publicKey.algorithm)
        }
    }

    /// Whether it may issue certificates (RFC 5280 §4.2.1.9); old roots do not say so and are known by issuing.
    var isAuthority: Bool {
        get throws(MaterialError) {
            guard let constraints = extensions[oid: .X509ExtensionID.basicConstraints] else { return false }
            return try MaterialError.attempt("the certificate's basic constraints cannot be read") {
                try ExtensionList.isAuthority(constraints)
            }
        }
    }

    /// The identifier of its own key, and of the key that signed it (RFC 5280 §4.2.1.1 and §4.2.1.2).
    var keyIdentifiers: (own: [UInt8]?, issuer: [UInt8]?) {
        get throws(MaterialError) {
            try MaterialError.attempt("the certificate's key identifiers cannot be read") {
                let own = try extensions.subjectKeyIdentifier?.keyIdentifier
                let issuer = try extensions.authorityKeyIdentifier?.keyIdentifier
                return (own.map(Array.init), issuer.map(Array.init))
            }
        }
    }
}
