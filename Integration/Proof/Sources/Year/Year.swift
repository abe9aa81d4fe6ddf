// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A year of many certificates in virtual time: several engines share one repository, and nothing is as it should be at
/// the CAs now and then. The same numbers give the same year.
package struct Year: Sendable {
    package var certificates: Int
    package var days: Int
    package var seed: UInt64
    /// Engines that share the repository, each lost and started anew now and then.
    package var engines: Int
    /// What is wrong on purpose: for proving that it is found.
    package var breakage: YearBreakage
    /// Told how far it is.
    package var say: @Sendable (String) -> Void

    package init(
        certificates: Int = 10_000, days: Int = 365, seed: UInt64, engines: Int = 3, breakage: YearBreakage = .none,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.certificates = certificates
        self.days = days
        self.seed = seed
        self.engines = engines
        self.breakage = breakage
        self.say = say
    }

    package func run() async throws -> YearReport {
        let began = ContinuousClock.now
        let folder = try YearFolder()
        let world = try YearWorld(self, in: folder)
        try await world.begin()
        try await world.live()
        var report = try await YearAudit(world: world).report()
        report.seconds = (ContinuousClock.now - began).inSeconds
        return report
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
