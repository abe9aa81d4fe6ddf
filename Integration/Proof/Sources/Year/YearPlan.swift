// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import PublicCATesting

/// All that happens from outside in a year, worked out from its seed before it begins.
struct YearPlan: Sendable {
    enum Event: Sendable {
        /// Somebody wants the certificate with this number.
        case order(Int)
        /// A person looks at what needs one, as on each morning.
        case visit
        /// A CA revokes some of its certificates.
        case revoke(ca: Int, count: Int, RevocationReason)
        /// A host is lost.
        case lose(host: Int)
    }

    /// So long nothing more goes wrong before the end, so that all can come to rest.
    static let calm: TimeInterval = 6 * 86400
    static let day: TimeInterval = 86400

    /// How long after a CA has revoked a certificate its successor has to be here. Looks are spread over a round, and what is
    /// issued in the middle of one waits for its place in the next; then there may be an outage, a rejection, and an issuance
    /// that takes days.
    static func replacement(_ year: Year) -> TimeInterval { 2 * Double(year.looks) * day + calm }

    let start = TestTime.usualStart
    let end: Date
    let events: [(date: Date, event: Event)]
    /// For each CA.
    let outages: [[Outage]]

    init(_ year: Year, cas: Int) {
        var random = SeededRandom(seed: year.seed)
        let stormy = Double(year.days) * Self.day - Self.calm
        end = start.addingTimeInterval(Double(year.days) * Self.day)
        // Over a month, so that some are due on every day.
        let ordering = min(30 * Self.day, stormy / 2)
        var events: [(date: Date, event: Event)] = []
        for number in 0..<year.certificates {
            let share = Double(number) / Double(year.certificates)
            events.append((start.addingTimeInterval(60 + ordering * share), .order(number)))
        }
        for day in 0..<year.days { events.append((start.addingTimeInterval((Double(day) + 0.375) * Self.day), .visit)) }
        var outages: [[Outage]] = []
        for ca in 0..<cas {
            outages.append(Outage.plan(from: start, over: stormy, &random))
            // One in a hundred is revoked in a year, and two in a hundred on one day.
            let own = max(2, year.certificates * year.days / 365 / cas / 100)
            for number in 0..<own {
                let date = start.addingTimeInterval(.random(in: ordering..<stormy, using: &random))
                events.append((date, .revoke(ca: ca, count: 1, number % 2 == 0 ? .keyCompromise : .superseded)))
            }
            let date = start.addingTimeInterval(.random(in: ordering..<stormy, using: &random))
            events.append((date, .revoke(ca: ca, count: max(1, year.certificates / cas / 50), .superseded)))
        }
        for host in 0..<year.engines {
            for _ in 0..<max(3, year.days / 2) {
                events.append((start.addingTimeInterval(.random(in: 0..<stormy, using: &random)), .lose(host: host)))
            }
        }
        self.outages = outages
        self.events = events.enumerated().sorted { left, right in
            (left.element.date, left.offset) < (right.element.date, right.offset)
        }.map(\.element)
    }
}

/// A time in which a CA is not what it should be.
struct Outage: Sendable {
    enum Kind: CaseIterable, Sendable {
        /// Nobody can connect.
        case closed
        /// Connections break: nobody knows what was done.
        case silent
        /// It says to come back later.
        case busy
        /// It refuses the account.
        case refusing
    }

    var kind: Kind
    var from: Date
    var until: Date

    /// Some hours every other week, and now and then up to three days.
    static func plan(from start: Date, over span: TimeInterval, _ random: inout SeededRandom) -> [Outage] {
        let short = max(2, Int(span / (14 * YearPlan.day)))
        let long = max(1, Int(span / (120 * YearPlan.day)))
        return (0..<short + long).map { number in
            let length: TimeInterval =
                number < short
                ? .random(in: 3600...6 * 3600, using: &random)
                : .random(in: YearPlan.day...3 * YearPlan.day, using: &random)
            // A day after the accounts are made, which the CAs have to say yes to.
            let latest = max(2 * YearPlan.day, span - length)
            let from = start.addingTimeInterval(.random(in: YearPlan.day..<latest, using: &random))
            let kind = Kind.allCases.randomElement(using: &random) ?? .closed
            return Outage(kind: kind, from: from, until: from.addingTimeInterval(length))
        }
    }
}
