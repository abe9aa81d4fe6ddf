// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// How many steps are under way, and when to look for more.
struct Hands {
    private(set) var busy = 0
    /// When somebody wakes us, at the latest.
    private var wakesAt: Date?
    private var isAwake = true
    /// When there may be something to claim.
    private var claimsAt = Date.distantPast

    /// Others may put work into the queue at any time.
    private static let longestNap: TimeInterval = 2
    /// So long steps may end before there is a claim for one alone.
    private static let gathering: TimeInterval = 0.02

    /// A claim costs as much as a step: it is made when half the hands are free, or after a while.
    func mayClaim(of all: Int) -> Bool { busy < all && (isAwake || busy <= all / 2) }

    /// - Parameter next: when the first of what is not due yet will be.
    mutating func take(_ count: Int, of all: Int, next: Date?, at now: Date) {
        isAwake = false
        // As many as were wanted: there may be more.
        let isMore = count > 0 && count >= all - busy
        busy += count
        let latest = now.addingTimeInterval(Self.longestNap)
        claimsAt = isMore ? now.addingTimeInterval(Self.gathering) : min(max(next ?? latest, now), latest)
    }

    /// A step has ended: it may have left something to do at once.
    mutating func free(at now: Date) {
        busy -= 1
        claimsAt = min(claimsAt, now.addingTimeInterval(Self.gathering))
    }

    /// How long to sleep now; `nil` where somebody will wake us early enough, or all hands are full.
    mutating func nap(at now: Date, of all: Int, notBefore rest: Date?) -> TimeInterval? {
        guard busy < all else { return nil }
        let end = max(claimsAt, rest ?? claimsAt, now.addingTimeInterval(Self.gathering))
        if let wakesAt, wakesAt <= end { return nil }
        wakesAt = end
        return end.timeIntervalSince(now)
    }

    mutating func wake() {
        wakesAt = nil
        isAwake = true
    }
}

/// A repository that cannot be used is told of once, and tried again at growing pauses.
struct Trouble {
    private(set) var restsUntil: Date?
    private var problem: String?
    private var count = 0

    /// From one second to half a minute.
    private var pause: TimeInterval { TimeInterval(min(30, 1 << min(count - 1, 5))) }

    /// To the millisecond, in which clocks are told to sleep.
    func isResting(at now: Date) -> Bool { restsUntil.map { $0.timeIntervalSince(now) > 0.0005 } ?? false }

    mutating func isNew(_ problem: String, at now: Date) -> Bool {
        count += 1
        restsUntil = now.addingTimeInterval(pause)
        defer { self.problem = problem }
        return self.problem != problem
    }

    /// Whether there was any until now.
    mutating func hasEnded() -> Bool {
        defer { self = Trouble() }
        return problem != nil
    }
}
