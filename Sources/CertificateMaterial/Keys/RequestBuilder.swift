// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import SwiftASN1
import X509

/// Writes certificate signing requests (RFC 2986).
enum RequestBuilder {
    /// The most characters that a common name may have (RFC 5280, ub-common-name).
    static let longestCommonName = 64

    /// A common name that is too long is left out of the subject: the alternative names hold it anyway.
    static func request(
        for names: [SubjectAlternativeName], commonName: String, key: Certificate.PrivateKey
    ) throws(MaterialError) -> PublicCA.CertificateSigningRequest {
        guard !names.isEmpty else { throw MaterialError("a signing request needs at least one name") }
        var general: [GeneralName] = []
        for name in names { general.append(try generalName(name)) }
        return try MaterialError.attempt("the signing request cannot be written") {
            let subject = try DistinguishedName {
                if !commonName.isEmpty, commonName.count <= longestCommonName { CommonName(commonName) }
            }
            let extensions = try Certificate.Extensions { SubjectAlternativeNames(general) }
            let request = try X509.CertificateSigningRequest(
                version: .v1, subject: subject, privateKey: key,
                attributes: .init([.init(ExtensionRequest(extensions: extensions))]))
            var serializer = DER.Serializer()
            try serializer.serialize(request)
            return PublicCA.CertificateSigningRequest(der: Data(serializer.serializedBytes))
        }
    }

    private static func generalName(_ name: SubjectAlternativeName) throws(MaterialError) -> GeneralName {
        switch name {
        case .dnsName(let text): return .dnsName(text)
        case .ipAddress(let text):
            guard let address = NetworkAddress(text: text) else {
                throw MaterialError("\(text.quoted) is not an IP address")
            }
            return .ipAddress(ASN1OctetString(contentBytes: address.octets[...]))
        }
    }
}
