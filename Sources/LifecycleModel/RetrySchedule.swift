// SPDX-License-Identifier: Apache-2.0

/// How long to wait after each fruitless question in a row. Readable on purpose: change it here, nowhere else.
public struct RetrySchedule: Hashable, Sendable {
    /// After something failed. When the table ends, a person is asked.
    public var failures: [Duration]
    /// After a lookup that could not tell. When the table ends, a person is asked.
    public var lookups: [Duration]
    /// While the CA is at work. The last line repeats: an order that waits is a fact, not a failure.
    public var pending: [Duration]

    public static let standard = RetrySchedule(
        failures: [  // elapsed
            .seconds(5), .seconds(15), .seconds(40),  // 1 min
            .minutes(2), .minutes(2), .minutes(5),  // 10 min
            .minutes(20), .minutes(30),  // 1 h
            .hours(1), .hours(2), .hours(4),  // 8 h
            .hours(8), .hours(8),  // 1 d
            .hours(12), .hours(12), .hours(24), .hours(24),  // 4 d
            .hours(24), .hours(24), .hours(24),  // 7 d
        ],
        lookups: [
            .seconds(2), .seconds(8), .seconds(50),  // 1 min
            .minutes(4), .minutes(10), .minutes(15), .minutes(30),  // 1 h
            .hours(1), .hours(2), .hours(4), .hours(8), .hours(8),  // 1 d
            .hours(24), .hours(24),  // 3 d
        ],
        pending: [
            .seconds(2), .seconds(3), .seconds(5), .seconds(10), .seconds(10), .seconds(30),  // 1 min
            .minutes(1), .minutes(3), .minutes(5),  // 10 min
            .minutes(20), .minutes(30),  // 1 h
            .hours(1), .hours(4), .hours(6), .hours(12), .hours(24),
        ])

    public init(failures: [Duration], lookups: [Duration], pending: [Duration]) {
        self.failures = failures
        self.lookups = lookups
        self.pending = pending
    }

    /// The wait after the failure number `tries`, counted from 0; `nil` when the table has ended.
    public func afterFailure(_ tries: Int) -> Duration? { tries < failures.count ? failures[tries] : nil }

    func afterLookup(_ tries: Int) -> Duration? { tries < lookups.count ? lookups[tries] : nil }

    func whilePending(_ tries: Int) -> Duration { pending[min(tries, pending.count - 1)] }

    /// While a CA has accepted a revocation and does not show it. After a week a person is asked: somebody relies on it.
    func whileAccepted(_ tries: Int) -> Duration? { tries < pending.count + 5 ? whilePending(tries) : nil }

    /// The CA's own word on when to look again is taken. A short word is not believed for ever: an order that was to be
    /// ready in seconds, and is not, may wait for a person there.
    func whilePending(_ tries: Int, hint: Duration?) -> Duration {
        guard let hint else { return whilePending(tries) }
        let believed = 6
        return tries < believed ? hint : max(hint, whilePending(tries - believed))
    }
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
    static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }
}
