// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import SwiftASN1
import X509

/// Signing requests, and what comes of them.
enum Request {
    static let key = P256.Signing.PrivateKey()
    /// For `a.example.com`.
    static let standard = (try? pem("a.example.com")) ?? ""

    /// Of 1024 bits, which no library here makes any more.
    static let short = """
        -----BEGIN CERTIFICATE REQUEST-----
        MIIBVzCBwQIBADAYMRYwFAYDVQQDDA1hLmV4YW1wbGUuY29tMIGfMA0GCSqGSIb3
        DQEBAQUAA4GNADCBiQKBgQDVog7v08jgKwDpl68lIjCMdvL5jBQf+vI1wLPSWaMv
        2tOfsWLwQ2vFTkHF1NpU2/IfrySpxi/ShN87mNnAIzmIB4ukPpfRgtiO0XmSf4LF
        0U7MkDmdWRG6394GqrXnGJFlNIAdaoDq6eqiXqog0UFNqHTVdjbATPHlghH+Hd9D
        hwIDAQABoAAwDQYJKoZIhvcNAQELBQADgYEAc2oTFNsGREqDtfbe3WpYfhjoYp85
        HZ7Y284EW3dh2YoXCOFHLI07msJInSBQkqhSapCoDO8JD82B6YNZ7szATXTLhNX3
        dx3r7729Ey2FUXxTVe8mndSLlFS2eA/dQ8NRxriIQsKTBMyb5p7fDMjogZT14aJy
        FSzD0wDdhpcYqj0=
        -----END CERTIFICATE REQUEST-----
        """

    static func pem(_ commonName: String?, key: P256.Signing.PrivateKey = Request.key) throws -> String {
        let subject = try DistinguishedName {
            OrganizationName("Acme")
            if let commonName { CommonName(commonName) }
        }
        let request = try CertificateSigningRequest(
            version: .v1, subject: subject, privateKey: .init(key), attributes: .init(),
            signatureAlgorithm: .ecdsaWithSHA256)
        return try request.serializeAsPEM().pemString
    }

    /// The certificates in a text, in its order.
    static func certificates(_ text: String) throws -> [Certificate] {
        try PEMDocument.parseMultiple(pemString: text).map { try Certificate(pemDocument: $0) }
    }
}

extension Certificate {
    var commonName: String {
        subject.flatMap { Array($0) }.first { $0.type == .RDNAttributeType.commonName }
            .flatMap { String($0.value) } ?? ""
    }

    var names: [String] {
        ((try? extensions.subjectAlternativeNames) ?? nil)?.compactMap { name in
            if case .dnsName(let text) = name { text } else { nil }
        } ?? []
    }
}
