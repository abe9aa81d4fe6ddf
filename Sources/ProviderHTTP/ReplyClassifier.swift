// SPDX-License-Identifier: Apache-2.0

public import HTTPTypes
public import PublicCA

/// Whether a call can change anything at the CA, which the HTTP method alone does not tell.
public enum CallEffect: Hashable, Sendable {
    /// Can be repeated at will.
    case read
    /// Changes something, and may cost money.
    case write
}

/// How an exchange ended, as far as HTTP knows.
public enum ExchangeOutcome: Hashable, Sendable {
    /// No byte left.
    case notSent
    /// Bytes left, and no whole answer came.
    case interrupted
    /// An answer with this status; the delay is what `Retry-After` asks for.
    case answered(HTTPResponse.Status, retryAfter: Duration?)
    /// A successful status with a body that means nothing: cut off, a web page, not the JSON that was agreed on.
    case unintelligible
}

/// Sorts HTTP outcomes by consequence. Providers refine the result by the CA's own codes, and never rebuild it.
public enum ReplyClassifier {
    /// How long a server may still be at work on a write that a gateway in front of it gave up on. It is the same case as a
    /// write that the caller itself gave up on: clients have waited so long for a CA, and been served.
    private static let abandoned = Duration.seconds(15 * 60)

    /// What has to follow; `nil` when the exchange succeeded.
    ///
    /// | | read | write |
    /// |---|---|---|
    /// | not sent | transient | transient |
    /// | interrupted, unintelligible, 1xx, 3xx, 408, other 5xx | transient | ambiguous |
    /// | 504: a gateway gave up, and the server may still be at work | transient | ambiguous, for 15 minutes at least |
    /// | 429 | transient, with the delay asked for | the same |
    /// | 401, 403 | account | account |
    /// | 404, 410 | notFound | rejected |
    /// | other 4xx | rejected | rejected |
    ///
    /// - Parameters:
    ///   - outcome: how the exchange ended.
    ///   - effect: whether the call can have changed anything.
    ///   - settle: how long an order may be missing from a lookup after a write like this one.
    public static func disposition(
        of outcome: ExchangeOutcome, for effect: CallEffect, settle: Duration
    ) -> ProviderError.Disposition? {
        let unknown: ProviderError.Disposition =
            effect == .read ? .transient(retryAfter: nil) : .ambiguous(settle: settle)
        switch outcome {
        case .notSent: return .transient(retryAfter: nil)
        case .interrupted, .unintelligible: return unknown
        case .answered(let status, let delay):
            switch status.code {
            case 200..<300: return nil
            case 401, 403: return .account
            case 404, 410: return effect == .read ? .notFound : .rejected
            case 429: return .transient(retryAfter: delay)
            case 504 where effect == .write: return .ambiguous(settle: max(settle, abandoned))
            case 400..<500 where status.code != 408: return .rejected
            // A server that gave up waiting may have had the whole request (RFC 9110 §15.5.9), and one that sends people
            // elsewhere may have acted before (§15.4.4): nobody has said no.
            default: return effect == .read ? .transient(retryAfter: delay) : unknown
            }
        }
    }
}
