// SPDX-License-Identifier: Apache-2.0

/// A call that did not succeed, sorted by what has to follow.
public struct ProviderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the engine has to do. Closed on purpose: it must decide on each.
    public enum Disposition: Hashable, Sendable, Codable {
        /// Nothing happened, or nothing that costs or counts, such as an ACME order that was never finalized; the same
        /// call may work later.
        case transient(retryAfter: Duration?)
        /// It may have happened. Look before trying again, and believe "absent" only after `settle`.
        case ambiguous(settle: Duration)
        /// Never, as this request stands.
        case rejected
        /// Nothing of this account, until a person acts.
        case account
        /// The CA knows no such order or certificate.
        case notFound
    }

    /// What has to follow.
    public var disposition: Disposition
    /// What went wrong, in our words, safe to show and to store.
    public var summary: String
    /// The CA's code and text, redacted; `nil` where it says nothing.
    public var wording: String? { didSet { if wording?.isEmpty == true { wording = nil } } }

    /// - Parameters:
    ///   - disposition: what has to follow.
    ///   - summary: ours, beginning with what was tried: "placing the order: the CA answered 400".
    ///   - wording: the CA's, with every secret removed.
    public init(_ disposition: Disposition, _ summary: String, wording: String? = nil) {
        self.disposition = disposition
        self.summary = summary
        self.wording = wording?.isEmpty == true ? nil : wording
    }

    /// Summary and wording in one line.
    public var description: String { wording.map { "\(summary): \($0)" } ?? summary }
}
