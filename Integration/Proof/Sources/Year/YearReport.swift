// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MockProvider
import PublicCA

/// What a year was like.
package struct YearReport: Hashable, Sendable, Codable {
    package var seed: UInt64
    package var certificates: Int
    package var days: Int
    package var homes = 1
    package var engines: Int
    package var faults: Double
    /// Days between two looks at whether a certificate was revoked.
    package var looks: Int
    /// Orders that the CAs have sold, by what for.
    package var bought: [String: Int] = [:]
    package var duplicates = 0
    /// Renewals that came more than a day after they were due, with less left than a twelfth of the lifetime or three days,
    /// and after the end.
    package var overdue = 0
    package var late = 0
    package var expired = 0
    /// What was left of a certificate at the least when its successor was here.
    package var leastDaysLeft: Double?
    package var leastShareLeft: Double?
    /// Successors of what a CA had revoked, and the days that the slowest took from the revocation.
    package var replaced: Int
    package var slowestReplacementDays: Double
    /// Calls by kind, of all CAs.
    package var calls: [String: Int] = [:]
    /// The most calls of one account in one second by the clock, and in one minute.
    package var worstSecond: Int
    package var worstMinute: Int
    /// Calls that were too many for a CA, and calls whose answers got lost.
    package var refusedCalls: Int
    package var lostAnswers: Int
    package var rejectedOrders: Int
    package var revokedCertificates: Int
    package var lostHosts: Int
    package var outages: Int
    /// How often a person had to say how it goes on.
    package var decisions: Int
    /// By kind of work and step.
    package var steps: [String: Int]
    package var journalLines: Int
    /// Of the journal as far as it does not depend on keys: the same for the same year.
    package var digest: String
    package var seconds = 0.0
    package var findings: [String]

    package var isClean: Bool { findings.isEmpty && duplicates == 0 && late == 0 && expired == 0 }
    /// Virtual time ÷ real time.
    package var speed: Double { Double(days) * 86400 / max(seconds, 0.001) }
    package var orders: Int { bought.values.reduce(0, +) }
    package var callsPerOrder: Double { Double(calls.values.reduce(0, +)) / Double(max(1, orders)) }
    package var replay: String {
        "prove year --seed \(seed) --certificates \(certificates) --days \(days) --homes \(homes) --engines \(engines) "
            + "--faults \(faults) --looks \(looks)"
    }

    init(_ world: YearWorld) {
        let (ledger, cas) = (world.surroundings.ledger.found, world.surroundings.cas)
        let (traffic, sales) = (cas.map(\.traffic), cas.map(\.sales))
        seed = world.year.seed
        certificates = world.year.certificates
        days = world.year.days
        engines = world.year.engines
        faults = world.year.faults
        looks = world.year.looks
        for reason in YearSales.Reason.allCases {
            bought[reason.rawValue] = sales.reduce(0) { $0 + $1.count[reason, default: 0] }
        }
        duplicates = bought[YearSales.Reason.duplicate.rawValue, default: 0]
        overdue = ledger.overdue
        late = ledger.late
        expired = ledger.expired
        leastDaysLeft = ledger.leastDays
        leastShareLeft = ledger.leastShare
        replaced = ledger.replaced
        slowestReplacementDays = ledger.slowestReplacement / 86400
        for (call, count) in traffic.flatMap(\.calls) { calls[call.rawValue, default: 0] += count }
        worstSecond = traffic.map(\.worstSecond).max() ?? 0
        worstMinute = traffic.map(\.worstMinute).max() ?? 0
        refusedCalls = traffic.reduce(0) { $0 + $1.refused }
        lostAnswers = traffic.reduce(0) { $0 + $1.lost }
        rejectedOrders = sales.reduce(0) { $0 + $1.rejected }
        revokedCertificates = sales.reduce(0) { $0 + $1.revoked }
        lostHosts = world.lostHosts
        outages = world.plan.outages.reduce(0) { $0 + $1.count }
        decisions = world.person.decisions
        steps = world.steps
        journalLines = ledger.lines
        digest = ledger.digest
        findings = ledger.findings
    }
}
