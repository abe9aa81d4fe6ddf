// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Like answers in a row: how many, and since when. Both matter: a table of waits is a promise about time, which a
/// script that asks every second must not use up, and neither must a host that was off for a week.
public struct Streak: Hashable, Sendable, Codable {
    public private(set) var count = 0
    /// When the first of them came; `nil` when there is none.
    public private(set) var since: Date?

    public init() {}

    /// One more.
    public mutating func extend(at now: Date) {
        count += 1
        since = since ?? now
    }

    /// Another kind of answer came.
    public mutating func end() { self = Streak() }

    /// How long it has lasted.
    func lasted(until now: Date) -> Duration {
        .milliseconds(Int64(max(0, now.timeIntervalSince(since ?? now)) * 1000))
    }
}
