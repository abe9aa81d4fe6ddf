// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA
import Testing

@Suite struct ReplyClassifierTests {
    struct Row: Sendable {
        var outcome: ExchangeOutcome
        var read: ProviderError.Disposition?
        var write: ProviderError.Disposition?
    }

    static let settle = Duration.seconds(7)
    static let transient = ProviderError.Disposition.transient(retryAfter: nil)
    static let ambiguous = ProviderError.Disposition.ambiguous(settle: settle)

    static func answered(_ code: Int, retryAfter: Duration? = nil) -> ExchangeOutcome {
        .answered(HTTPResponse.Status(code: code), retryAfter: retryAfter)
    }

    static let table: [Row] =
        [
            Row(outcome: .notSent, read: transient, write: transient),
            Row(outcome: .interrupted, read: transient, write: ambiguous),
            Row(outcome: .unintelligible, read: transient, write: ambiguous),
            Row(
                outcome: answered(429, retryAfter: .seconds(5)), read: .transient(retryAfter: .seconds(5)),
                write: .transient(retryAfter: .seconds(5))),
            Row(outcome: answered(429), read: transient, write: transient),
            Row(
                outcome: answered(503, retryAfter: .seconds(5)), read: .transient(retryAfter: .seconds(5)),
                write: ambiguous),
            // Whoever gave up was not the one at work.
            Row(outcome: answered(504), read: transient, write: .ambiguous(settle: .seconds(900))),
        ] + [200, 201, 202, 204, 299].map { Row(outcome: answered($0), read: nil, write: nil) }
        + [103, 301, 302, 303, 304, 307, 308, 408, 500, 501, 502, 599].map {
            Row(outcome: answered($0), read: transient, write: ambiguous)
        }
        + [401, 403].map { Row(outcome: answered($0), read: .account, write: .account) }
        + [404, 410].map { Row(outcome: answered($0), read: .notFound, write: .rejected) }
        + [400, 405, 409, 413, 422, 451].map { Row(outcome: answered($0), read: .rejected, write: .rejected) }

    @Test func `a settle time that is longer than a gateway's patience stays`() {
        let outcome = ReplyClassifier.disposition(of: Self.answered(504), for: .write, settle: .seconds(3600))
        #expect(outcome == .ambiguous(settle: .seconds(3600)))
    }

    @Test(arguments: table)
    func `an outcome decides what has to follow`(row: Row) {
        #expect(ReplyClassifier.disposition(of: row.outcome, for: .read, settle: Self.settle) == row.read)
        #expect(ReplyClassifier.disposition(of: row.outcome, for: .write, settle: Self.settle) == row.write)
    }
}
