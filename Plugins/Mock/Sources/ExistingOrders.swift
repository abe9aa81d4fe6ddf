// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import PublicCA
import SwiftASN1
import X509

/// Orders that somebody else made before the account was added: for imports.
///
/// Names, states and references are always the same; keys and serial numbers are this CA's own.
enum ExistingOrders {
    static let count = entries.count

    private struct Entry {
        var name: String
        var profile = MockProfile.dv
        var daysAgo: Int
        var term = 100
        var isRevoked = false
    }

    private static let entries = [
        Entry(name: "billing.example.com", daysAgo: 40, term: 199),
        Entry(name: "tickets.example.net", daysAgo: 90),
        Entry(name: "intranet.example.org", profile: .approval, daysAgo: 2),
        Entry(name: "partner.example.com", profile: .rejected, daysAgo: 12),
        Entry(name: "retired.example.net", daysAgo: 30, isRevoked: true),
        Entry(name: "archive.example.org", daysAgo: 150),
    ]

    static func make(by authority: MockAuthority) throws -> [MockOrder] {
        try entries.enumerated().map { index, entry in
            let askedAt = authority.firstDay.addingTimeInterval(-Double(entry.daysAgo) * 86400)
            var order = MockOrder(
                number: index + 1, kind: .new, hasOneID: false,
                issuances: [
                    Issuance(request: try request(entry), keyAlgorithm: .ecP256, askedAt: askedAt)
                ])
            guard entry.profile == .dv else { return order }
            try order.sign(IssuanceFlaws(), by: authority, at: askedAt, latestEnd: nil)
            if entry.isRevoked {
                order.current.leaf?.revocation = Revocation(
                    at: askedAt.addingTimeInterval(10 * 86400), reason: .cessationOfOperation)
            }
            return order
        }
    }

    /// Without an order key: it was made by hand.
    private static func request(_ entry: Entry) throws -> OrderRequest {
        let subject = try DistinguishedName { CommonName(entry.name) }
        let csr = try X509.CertificateSigningRequest(
            version: .v1, subject: subject, privateKey: .init(P256.Signing.PrivateKey()),
            attributes: X509.CertificateSigningRequest.Attributes(), signatureAlgorithm: .ecdsaWithSHA256)
        return OrderRequest(
            key: OrderKey(""), signingRequest: .init(der: try encoded(csr)),
            commonName: entry.name,
            alternativeNames: [.dnsName(entry.name)], profile: ProfileID(entry.profile.rawValue),
            organization: MockCatalogs.company, term: entry.term, comments: "ordered by hand",
            requesterEmails: ["webmaster@example.com"])
    }

    private static func encoded(_ csr: X509.CertificateSigningRequest) throws -> Data {
        var serializer = DER.Serializer()
        try serializer.serialize(csr)
        return Data(serializer.serializedBytes)
    }
}
