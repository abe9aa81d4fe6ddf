// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// SCM takes the numbers of RFC 5280, those that a subscriber may give.
enum RevocationCodes {
    /// Throws `rejected` for a reason that SCM does not take: nothing was sent.
    static func code(_ reason: RevocationReason) throws(ProviderError) -> Int {
        guard RevocationReason.requestable.contains(reason) else {
            throw ProviderError(.rejected, "revoking the certificate: SCM takes no reason \(reason.name)")
        }
        return reason.rawValue
    }
}

/// The reason in an answer: a number in one manual, a word in the other.
struct ReasonAnswer: Decodable, Sendable {
    var reason: RevocationReason?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // What is no number is the other manual's word.
        if let number = try? container.decode(Int.self) {
            reason = RevocationReason(rawValue: number)
        } else {
            let word = try container.decode(String.self)
            reason =
                Int(word).flatMap { RevocationReason(rawValue: $0) }
                ?? RevocationReason(named: word.filter { $0 != "_" && $0 != " " })
        }
    }
}
