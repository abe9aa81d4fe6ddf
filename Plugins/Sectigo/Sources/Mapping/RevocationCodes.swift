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
        let text = try Lenient<String?>(from: decoder).wrappedValue ?? ""
        reason =
            Int(text.trimmed).flatMap { RevocationReason(rawValue: $0) } ?? RevocationReason(named: text.plainWord)
    }
}
