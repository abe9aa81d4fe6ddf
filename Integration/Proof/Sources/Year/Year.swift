// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A year of many certificates in virtual time: in each home several engines share one repository, and nothing is as it
/// should be at the CAs now and then. The same numbers give the same year.
///
/// Homes know nothing of each other and have accounts of their own, so that they are lived at once, each on a core, and
/// chance has the same word in each whatever the others do.
package struct Year: Sendable {
    package var certificates: Int
    package var days: Int
    package var seed: UInt64
    package var homes: Int
    /// Engines that share a repository, each lost and started anew now and then.
    package var engines: Int
    /// The share of calls that fail or whose answers are lost, besides outages.
    package var faults: Double
    /// Days between two looks at whether a certificate was revoked. The program looks each day, which is one call for each
    /// certificate: a year of many has no room for that.
    package var looks: Int
    /// What is wrong on purpose: for proving that it is found.
    package var breakage: YearBreakage
    /// Told how far it is.
    package var say: @Sendable (String) -> Void

    package init(
        certificates: Int = 10_000, days: Int = 365, seed: UInt64, homes: Int = 1, engines: Int = 3,
        faults: Double = 0.012, looks: Int = 42, breakage: YearBreakage = .none,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.certificates = certificates
        self.days = days
        self.seed = seed
        self.homes = homes
        self.engines = engines
        self.faults = faults
        self.looks = looks
        self.breakage = breakage
        self.say = say
    }

    package func run() async throws -> YearReport {
        let began = ContinuousClock.now
        var report = try await withThrowingTaskGroup(of: (Int, YearReport).self) { group in
            for number in 0..<homes {
                group.addTask { (number, try await home(number).live()) }
            }
            // In the order of their numbers, whichever is ready first.
            let reports = try await group.reduce(into: [Int: YearReport]()) { $0[$1.0] = $1.1 }
            return YearReport(self, reports.sorted { $0.key < $1.key }.map(\.value))
        }
        report.seconds = (ContinuousClock.now - began).inSeconds
        return report
    }

    /// The share of one home, and chance of its own.
    private func home(_ number: Int) -> Year {
        var year = self
        year.certificates = certificates / homes + (number < certificates % homes ? 1 : 0)
        year.seed = seed &+ UInt64(number) &* 1_000_003
        return year
    }

    private func live() async throws -> YearReport {
        let world = try YearWorld(self, in: try YearFolder())
        try await world.begin()
        try await world.live()
        return try await YearAudit(world: world).report()
    }
}

/// What is wrong on purpose.
package struct YearBreakage: Sendable {
    /// What a broken engine or repository makes of a commit.
    var commit: Breakage?
    /// Lookups find nothing.
    var isBlind = false
    /// The share of a lifetime after which a renewal is due, where it is another than the usual.
    var share: Double?

    package static let none = YearBreakage()
    package static let blindLookups = YearBreakage(isBlind: true)
    package static func renewals(at share: Double) -> YearBreakage { YearBreakage(share: share) }
    package static func commits(_ breakage: @escaping Breakage) -> YearBreakage { YearBreakage(commit: breakage) }
}

extension Duration {
    var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
