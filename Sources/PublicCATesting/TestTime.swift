// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A date and a clock that stand still until a test moves them, both at once.
///
/// Certificates live in wall time and sleeping does not; code under test takes both from here, so that a year passes in
/// no time and always in the same way.
public final class TestTime: Sendable {
    /// The first moment of 2026 in UTC, unless a test asks for another.
    public static let usualStart = Date(timeIntervalSince1970: 1_767_225_600)

    private let start: Date
    private let ticking: TestClock

    /// Time that stands still at `start`.
    public init(_ start: Date = TestTime.usualStart) {
        self.start = start
        self.ticking = TestClock()
    }

    /// The date now; hand this to whatever asks for one.
    public var now: @Sendable () -> Date {
        { [start, ticking] in start.addingTimeInterval(ticking.now.elapsed.inSeconds) }
    }

    /// A clock whose sleepers wake when ``advance(by:)`` passes their deadline, or when their task is cancelled.
    public var clock: any Clock<Duration> { ticking }

    /// Moves date and clock on, and wakes whoever slept no longer than that, earliest first.
    ///
    /// Waking makes tasks ready to run; it does not wait for them.
    public func advance(by duration: Duration) {
        ticking.advance(by: duration)
    }

    /// How many sleep on the clock.
    public var sleepers: Int { ticking.sleepers }

    /// Returns as soon as that many sleep on the clock, so that a test moves time only when its subject waits for it.
    public func untilSleeping(_ count: Int = 1) async {
        await ticking.untilSleeping(count)
    }
}

extension Duration {
    /// For dates, which count in seconds. Exact to the microsecond for some centuries.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
