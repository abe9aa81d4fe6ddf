// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import Testing

/// `docs/Renewal.md` against the policy that it explains.
struct RenewalDocumentTests {
    private let start = OrderSamples.start
    private let lifetimes: [Double] = [199, 100, 47]

    /// The rows below a header that begins so, as numbers.
    private func table(_ header: String) throws -> [[Double]] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/Renewal.md"), encoding: .utf8)
        let lines = text.components(separatedBy: "\n")
        let first = try #require(lines.firstIndex { $0.hasPrefix(header) }, "no table \(header)")
        return lines[(first + 2)...].prefix { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|").compactMap { Double($0.trimmingCharacters(in: .whitespaces)) }
        }
    }

    private func days(_ date: Date) -> Double { date.timeIntervalSince(start) / 86400 }

    /// As far as two decimals go.
    private func isTold(_ told: Double, _ value: Double) -> Bool { abs(told - value) < 0.0051 }

    private func due(
        _ certificate: IssuedCertificate, _ choice: AutoRenewal, spread: Double = RenewalPolicy().spread
    ) throws -> Date {
        let input = RenewalInput(certificate: certificate, autoRenewal: choice, capabilities: [])
        return try #require(RenewalPolicy(spread: spread).verdict(for: input, at: start).dueAt)
    }

    /// The first and the last date among many ids.
    private func dates(_ lifetime: Double, _ choice: AutoRenewal) throws -> (first: Double, last: Double) {
        let dates = try (0..<2000).map {
            days(try due(ForecastSamples.certificate("crt_\($0)", days: lifetime, from: start), choice))
        }
        return (try #require(dates.min()), try #require(dates.max()))
    }

    @Test func `the dates are those of the policy`() throws {
        let rows = try table("| lifetime | earliest date")
        #expect(rows.map(\.first) == lifetimes)
        let schedule = RetrySchedule.standard.failures.reduce(Duration.zero, +)
        for row in rows {
            let certificate = ForecastSamples.certificate("crt_1", days: row[0], from: start)
            let latest = try due(certificate, AutoRenewal(isEnabled: true), spread: 0)
            let policy = RenewalPolicy()
            #expect(isTold(row[1], days(latest) - row[0] * policy.spread))
            #expect(isTold(row[2], days(latest)))
            #expect(isTold(row[3], row[0] - days(latest)))
            #expect(isTold(row[4], days(policy.emergency(for: certificate.facts, dueAt: latest))))
            #expect(isTold(row[5], days(latest) + Double(schedule.components.seconds) / 86400))
            #expect(isTold(row[6], days(policy.lastAttempt(for: certificate.facts, dueAt: latest))))
            // In the table, and reaching to both of its ends.
            let (first, last) = try dates(row[0], AutoRenewal(isEnabled: true))
            #expect(first >= row[1] - 0.0051 && last <= row[2] + 0.0051)
            #expect(first < row[1] + row[0] * 0.001 && last > row[2] - row[0] * 0.001)
        }
    }

    @Test func `thirty days before the end are what the policy makes of them`() throws {
        let rows = try table("| lifetime | earliest with 30 days")
        #expect(rows.map(\.first) == lifetimes)
        for row in rows {
            let (first, last) = try dates(row[0], AutoRenewal(isEnabled: true, days: 30))
            #expect(first >= row[1] - 0.0051 && first < row[1] + row[0] * 0.001)
            #expect(last <= row[2] + 0.0051 && last > row[2] - row[0] * 0.001)
        }
    }

    @Test func `the number of orders follows from the mean of the dates`() throws {
        let rows = try table("| lifetime | days between orders")
        #expect(rows.map(\.first) == lifetimes)
        for row in rows {
            let (policy, lifetime) = (RenewalPolicy(), row[0])
            let between = lifetime * (policy.share - policy.spread / 2)
            #expect(isTold(row[1], between) && isTold(row[2], 365 / between))
            #expect((10_000 * 7 / between).rounded() == row[3])
        }
    }

    @Test func `the limits are those that are counted with`() throws {
        let rows = try table("| issued from")
        let rules = MaximumValidity.rules
        #expect(rows.map { $0.map { Int($0) } } == rules.map { [$0.allowed, $0.days] })
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("docs/Renewal.md"), encoding: .utf8)
        for rule in rules {
            #expect(text.contains("| \(rule.since.formatted(.iso8601.year().month().day())) | \(rule.allowed)"))
        }
    }

    @Test func `what is said of retries and of capacity is so`() throws {
        let failures = RetrySchedule.standard.failures
        #expect(failures.count == 20 && failures.reduce(.zero, +) == .seconds(7 * 86400))
        let usual = CallPace(requestsPerSecond: nil, requestsInFlight: 8)
        #expect(usual.orders(in: 7 * 86400) == 806_400)
        #expect(usual.orders(in: 7200) == 9600)
        #expect(CallPace(requestsPerSecond: 0.5, requestsInFlight: 8).orders(in: 7200) == 600)
    }
}
