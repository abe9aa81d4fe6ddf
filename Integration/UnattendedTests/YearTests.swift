// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import SQLiteRepository
import Testing

/// A year of 47-day certificates with nobody there, in the database that people use.
struct YearTests {
    private static let window = MaintenanceWindow(days: [1, 2, 3, 4], from: 20 * 60, to: 6 * 60, zone: .gmt)
    private static let day: TimeInterval = 86400

    @Test func `a hundred certificates live through a year and an outage, and the audit explains it`() async throws {
        let years = try await Years(windows: [Self.window])
        let certificates = try await years.certificates(100, term: 47)
        let start = years.time.now()
        try await years.live(until: start.addingTimeInterval(180 * Self.day))
        years.ca.play(.rateLimit, times: .max)
        try await years.live(until: start.addingTimeInterval(183 * Self.day))
        years.ca.mischief = []
        try await years.live(until: start.addingTimeInterval(365 * Self.day))

        let audit = try await years.audit()
        let renewed = audit.filter { $0.verdict == .renewed }
        // Two thirds of 47 days is 31: eleven or twelve successors each.
        #expect((1000...1300).contains(renewed.count), "\(renewed.count)")
        #expect(years.ca.placedOrders.count == 100 + renewed.count)
        for certificate in certificates {
            #expect(try await years.current(of: certificate).isLive(at: years.time.now()))
        }
        for row in renewed { try await check(row, in: years) }
        let explained = Set(audit.filter { $0.verdict == .notDue }.map(\.certificate))
        #expect(explained.isSuperset(of: renewed.map(\.certificate)))
        #expect(!audit.contains { $0.reason.contains("given up") })
        #expect(audit.contains { $0.verdict == .failed })
    }

    /// None late; in the window, or in the emergency that the outage may have made.
    private func check(_ row: RenewalDecision, in years: Years) async throws {
        let old = try #require(try await years.repository.certificate(row.certificate))
        let policy = RenewalPolicy()
        let due = old.facts.notBefore.addingTimeInterval(old.facts.lifetime * policy.share)
        #expect(row.at < old.facts.notAfter.addingTimeInterval(-3 * Self.day), "\(row.at)")
        #expect(
            [Self.window].isOpen(at: row.at) || row.at > policy.emergency(for: old.facts, dueAt: due), "\(row.at)")
    }
}
