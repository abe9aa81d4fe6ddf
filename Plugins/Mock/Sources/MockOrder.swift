// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// One order in the CA's books.
struct MockOrder: Codable, Hashable, Sendable {
    /// Counted from 1; also the order's name.
    var number: Int
    /// The CA's own, so that no two of them share a reference; `nil` for orders whose references are always the same.
    var series: Int?
    var kind: OrderKind
    /// Whether certificate and order share one reference, which a reissue keeps.
    var hasOneID: Bool
    /// The order that a renewal or a reissue follows.
    var predecessor: Int?
    /// Whether a renewal was ordered for it.
    var isRenewed = false
    /// The first, and one more for each reissue under the same reference.
    var issuances: [Issuance]

    private static let room = 1_000_000

    private var mark: Int { (series ?? 0) * Self.room + number + 1000 }
    var reference: OrderReference { OrderReference("MO-\(mark)") }
    var certificateReference: CertificateReference {
        CertificateReference((hasOneID ? "MO-" : "MC-") + "\(mark)")
    }

    /// The number in a reference of an order or a certificate, of whatever series; `nil` when it is none of ours.
    static func number(in reference: String) -> Int? {
        guard reference.hasPrefix("MO-") || reference.hasPrefix("MC-"), let mark = Int(reference.dropFirst(3)),
            mark % room > 1000, reference.dropFirst(3).allSatisfy(\.isNumber)
        else { return nil }
        return mark % room - 1000
    }
}

/// One certificate, from the wish to its end.
struct Issuance: Codable, Hashable, Sendable {
    var request: OrderRequest
    var keyAlgorithm: KeyAlgorithm
    var askedAt: Date
    /// How often the order was found pending.
    var polls = 0
    /// The CSR of the second write, where the profile wants one.
    var finalized: CertificateSigningRequest?
    var isCancelled = false
    /// Reads that still show the certificate before this one.
    var staleReads = 0
    var leaf: Leaf?

    /// What was signed.
    struct Leaf: Codable, Hashable, Sendable {
        var der: Data
        var serialNumber: SerialNumber
        var notAfter: Date
        var revocation: Revocation?
    }

    var profile: MockProfile? { MockProfile(rawValue: request.profile.rawValue) }
}

extension MockOrder {
    /// The wish that the order is about now.
    var current: Issuance {
        get { issuances[issuances.count - 1] }
        set { issuances[issuances.count - 1] = newValue }
    }

    /// The certificate that the reference stands for now: the newest that reads may show.
    var shown: Issuance? {
        issuances.last { $0.leaf != nil && $0.staleReads == 0 }
    }

    /// The key that the order was sent with; `nil` for one that somebody made by hand.
    var key: OrderKey? { current.request.key.rawValue.isEmpty ? nil : current.request.key }

    func details() -> OrderDetails {
        let request = current.request
        return OrderDetails(
            commonName: request.commonName, alternativeNames: request.alternativeNames, profile: request.profile,
            organization: request.organization, term: request.term, keyAlgorithm: current.keyAlgorithm,
            comments: request.comments, requesterEmails: request.requesterEmails, fields: request.fields,
            reason: request.reason, placedAt: current.askedAt, isRenewed: isRenewed)
    }
}
