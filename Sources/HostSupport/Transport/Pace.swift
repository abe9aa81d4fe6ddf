// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// How much of a CA's patience one account uses: a pure rule. Requests under way are bounded, and how often one begins;
/// both become fewer when the CA asks for it, and come back one by one.
struct Pace: Hashable, Sendable {
    /// The most requests under way at once.
    let most: Int
    /// The most requests that begin in a second; `nil` for no bound.
    let perSecond: Double?

    /// How many may be under way now: a fraction grows until it counts.
    private(set) var allowed: Double
    private(set) var inFlight = 0
    /// Nothing begins before this date, as the CA wishes.
    private(set) var closedUntil: Date?
    /// When the next request may begin, as the rate allows.
    private var nextBegin: Date?
    /// Answers to requests that began before the last slowing down say nothing new.
    private var slowedAt: Date?

    init(most: Int, perSecond: Double? = nil) {
        self.most = max(1, most)
        self.perSecond = perSecond
        self.allowed = Double(self.most)
    }

    /// Begins a request, or says until when to wait; `nil` waits for another one to end.
    enum Turn: Hashable, Sendable {
        case begins
        case waits(until: Date?)
    }

    mutating func ask(at now: Date) -> Turn {
        if let closedUntil, now < closedUntil { return .waits(until: closedUntil) }
        guard inFlight < max(1, Int(allowed)) else { return .waits(until: nil) }
        if let nextBegin, now < nextBegin { return .waits(until: nextBegin) }
        inFlight += 1
        if let perSecond { nextBegin = max(nextBegin ?? now, now).addingTimeInterval(1 / perSecond) }
        return .begins
    }

    /// A request ended with an answer that is no complaint, or with none.
    mutating func end() {
        inFlight -= 1
        allowed = min(Double(most), allowed + 1 / max(1, allowed))
    }

    /// A request that began at a date was answered with 429 or 503.
    ///
    /// - Parameter delay: what the CA asks for; a second where it does not say.
    mutating func slowDown(begun: Date, delay: Duration?, at now: Date) {
        inFlight -= 1
        let pause = delay ?? .seconds(1)
        let until = now.addingTimeInterval(Double(pause.components.seconds))
        closedUntil = max(closedUntil ?? until, until)
        // One complaint that came to many requests at once halves once.
        if let slowedAt, begun < slowedAt { return }
        slowedAt = now
        allowed = max(1, (allowed / 2).rounded(.down))
    }
}
