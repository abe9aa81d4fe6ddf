// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// How long to wait after each fruitless answer in a row. Readable on purpose: change it here, nowhere else.
public struct RetrySchedule: Hashable, Sendable {
    /// After something failed. When the table ends, a person is asked.
    public var failures: [Duration]
    /// After a lookup that could not tell. When the table ends, a person is asked.
    public var lookups: [Duration]
    /// While the CA is at work. The last line repeats: an order that waits is a fact, not a failure.
    public var pending: [Duration]
    /// After a message could not be delivered. When the table ends, it is put aside for a person.
    public var deliveries: [Duration] = [
        .minutes(1), .minutes(4), .minutes(15), .minutes(40),  // 1 h
        .hours(1), .hours(2), .hours(4),  // 8 h
    ]

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

    /// The wait before the same question is asked again; `nil` when the table has ended.
    ///
    /// - Parameter failures: those so far in a row, the one to be waited for not among them.
    public func afterFailure(_ failures: Streak, at now: Date) -> Duration? {
        self.failures.dropFirst(Self.line(of: self.failures, after: failures, at: now)).first
    }

    func afterDelivery(_ failures: Streak, at now: Date) -> Duration? {
        deliveries.dropFirst(Self.line(of: deliveries, after: failures, at: now)).first
    }

    func afterLookup(_ waits: Streak, at now: Date) -> Duration? {
        lookups.dropFirst(Self.line(of: lookups, after: waits, at: now)).first
    }

    /// The CA's own word on when to look again is taken. A short word is not believed for ever: an order that was to be
    /// ready in seconds, and is not, may wait for a person there.
    func whilePending(_ waits: Streak, hint: Duration? = nil, at now: Date) -> Duration {
        let line = Self.line(of: pending, after: waits, at: now)
        let usual = pending[min(line, pending.count - 1)]
        let believed = 6
        guard let hint else { return usual }
        return waits.count < believed ? hint : max(hint, usual)
    }

    /// While a CA has accepted a revocation and does not show it. After a week a person is asked: somebody relies on it.
    func whileAccepted(_ waits: Streak, at now: Date) -> Duration? {
        waits.lasted(until: now) < .hours(7 * 24) ? whilePending(waits, at: now) : nil
    }

    /// The line that both the number of answers and the time since the first have reached. Whoever asks more often than
    /// the table says is no further for it, and who slept for a week begins where he was.
    private static func line(of table: [Duration], after streak: Streak, at now: Date) -> Int {
        let lasted = streak.lasted(until: now)
        var elapsed = Duration.zero
        for (line, wait) in table.enumerated() {
            elapsed += wait
            if line == streak.count || elapsed > lasted { return line }
        }
        return table.count
    }
}

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(60 * count) }
    static func hours(_ count: Int) -> Duration { .seconds(3600 * count) }
}
