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
