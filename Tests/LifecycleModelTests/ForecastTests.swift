// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import Testing

struct ForecastTests {
    private let now = Date(timeIntervalSince1970: 1_795_572_000)  // 2026-11-25, a Wednesday
    private let on = AutoRenewal(isEnabled: true)

    /// Every certificate by itself, every order written down, no buckets and no shortcut: what the forecast must agree with.
    private struct Plainly {
        let now: Date
        let end: Date
        let windows: [MaintenanceWindow]
        /// `nil` for what the rules say.
        let limit: Int?
        let policy = RenewalPolicy()

        func orders(after kept: KeptCertificate) -> [Date] {
            var current = kept.certificate
            var orders: [Date] = []
            while true {
                let input = RenewalInput(
                    certificate: current, autoRenewal: kept.autoRenewal, capabilities: [],
                    hasKey: kept.hasKey || !orders.isEmpty)
                let stored = orders.isEmpty ? kept.dueAt : nil
                guard kept.autoRenewal.isEnabled, !kept.isGivenUp,
                    let due = stored ?? policy.verdict(for: input, at: now).dueAt
                else { return orders }
                let date = inWindow(max(due, now), current)
                guard date < end else { return orders }
                orders.append(date)
                let allowed =
                    limit ?? (date >= day("2029-03-15") ? 47 : date >= day("2027-03-15") ? 100 : 199)
                let lifetime = current.facts.notAfter.timeIntervalSince(current.facts.notBefore)
                current.id = CertificateID("\(orders.count)-\(current.managed.rawValue)")
                current.facts.notBefore = date
                current.facts.notAfter = date.addingTimeInterval(min(lifetime, Double(allowed) * 86400))
            }
        }

        private func inWindow(_ date: Date, _ certificate: IssuedCertificate) -> Date {
            guard !windows.contains(where: { $0.next(from: date)?.contains(date) == true }),
                let next = windows.compactMap({ $0.next(from: date) }).min(by: { $0.lowerBound < $1.lowerBound })
            else { return date }
            let late = policy.emergency(for: certificate.facts, dueAt: date)
            guard next.lowerBound < late else { return date }
            let width = min(next.upperBound, late).timeIntervalSince(next.lowerBound)
            return Spread.date(of: certificate.id.rawValue, from: next.lowerBound, width: width)
        }

        private func day(_ text: String) -> Date {
            (try? Date("\(text)T00:00:00Z", strategy: .iso8601)) ?? .distantFuture
        }
    }

    private func inventory(_ count: Int, _ chance: inout ForecastSamples.Chance) -> [KeptCertificate] {
        (0..<count).map { number in
            let lifetimes: [Double] = [199, 199, 100, 47, 365, 90, 7]
            let lifetime = lifetimes.randomElement(using: &chance) ?? 199
            let age = Double.random(in: 0..<lifetime, using: &chance)
            let certificate = ForecastSamples.certificate(
                "crt_\(number)", days: lifetime, from: now.addingTimeInterval(-age * 86400),
                account: number.isMultiple(of: 3) ? "one" : "two")
            let choices = [
                on, on, AutoRenewal(isEnabled: true, days: 30), AutoRenewal(isEnabled: true, share: 0.8),
                AutoRenewal(isEnabled: true, days: 200), AutoRenewal(),
                AutoRenewal(isEnabled: true, onlyWithKey: true),
            ]
            let choice = choices.randomElement(using: &chance) ?? on
            var plan: RenewalPlan?
            if Int.random(in: 0..<4, using: &chance) == 0 {
                let due = now.addingTimeInterval(Double.random(in: -3..<60, using: &chance) * 86400)
                plan = RenewalPlan(certificate: certificate.id, dueAt: due, reason: .expiring, note: "")
                plan?.isStuck = Bool.random(using: &chance)
            }
            let hasKey = Bool.random(using: &chance)
            return ForecastSamples.kept(certificate, choice, plan: plan, hasKey: hasKey)
        }
    }

    private static let night = MaintenanceWindow(days: [6, 7], from: 22 * 60, to: 3 * 60, zone: .gmt)
    private static let noon = MaintenanceWindow(days: [3], from: 12 * 60, to: 13 * 60, zone: .gmt)

    @Test(arguments: 0..<6)
    func `it agrees with every certificate followed by itself`(_ seed: UInt64) throws {
        var chance = ForecastSamples.Chance(state: seed)
        let windows = [[], [Self.night], [Self.night, Self.noon]][Int(seed % 3)]
        let weeks = [1, 26, 140][Int(seed % 3)]
        let inventory = inventory(150, &chance)
        var forecast = Forecast(from: now, weeks: weeks, windows: windows)
        for kept in inventory { forecast.add(kept) }
        let end = try #require(forecast.weeks.last).period.upperBound
        for account in ["one", "two"] {
            let load = try #require(forecast.accounts[account])
            let own = inventory.filter { $0.certificate.account == account }
            for (counts, limit) in [
                (load.orders, nil), (load.scenarios[0].orders, 100), (load.scenarios[1].orders, 47),
            ] {
                let plainly = Plainly(now: now, end: end, windows: windows, limit: limit)
                var expected: [String: Int] = [:]
                for kept in own {
                    for date in plainly.orders(after: kept) { expected[ForecastSamples.week(date), default: 0] += 1 }
                }
                let told = zip(forecast.weeks, counts).filter { $0.1 > 0 }
                #expect(Dictionary(uniqueKeysWithValues: told.map { ($0.0.description, $0.1) }) == expected)
            }
        }
        #expect(forecast.total.orders.reduce(0, +) > 0)
    }

    @Test func `what is not renewed by itself is counted in the week in which it ends`() throws {
        var forecast = Forecast(from: now, weeks: 4)
        let certificate = ForecastSamples.certificate("crt_1", days: 10, from: now)
        var stuck = RenewalPlan(certificate: certificate.id, dueAt: now, reason: .expiring, note: "")
        stuck.isStuck = true
        forecast.add(ForecastSamples.kept(certificate, AutoRenewal()))
        forecast.add(ForecastSamples.kept(certificate, on, plan: stuck))
        forecast.add(ForecastSamples.kept(certificate, AutoRenewal(isEnabled: true, onlyWithKey: true), hasKey: false))
        #expect(forecast.total.expiring == [0, 3, 0, 0])
        #expect(forecast.total.orders == [0, 0, 0, 0] && forecast.total.autoRenewed == 0)
        #expect(forecast.peak(of: forecast.total.orders) == nil)
    }

    @Test func `shorter lifetimes bring more orders in the long run`() throws {
        var forecast = Forecast(from: now, weeks: 26)
        for number in 0..<1000 {
            let age = Double(number % 130) * 86400
            let certificate = ForecastSamples.certificate(
                "crt_\(number)", days: 199, from: now.addingTimeInterval(-age))
            forecast.add(ForecastSamples.kept(certificate, on))
        }
        let perWeek = forecast.total.scenarios.map(\.perWeek)
        for (days, number) in zip([100.0, 47], perWeek) {
            let expected = 7000 / (days * (2.0 / 3 - 1.0 / 48))
            #expect(abs(number / expected - 1) < 0.01, "\(days) days: \(number), not \(expected)")
        }
    }

    @Test func `a week with more orders than an account can do is told, once for each course`() throws {
        var forecast = Forecast(from: now, weeks: 8, windows: [Self.noon])
        for number in 0..<100 {
            let certificate = ForecastSamples.certificate("crt_\(number)", days: 90, from: now)
            let plan = RenewalPlan(
                certificate: certificate.id, dueAt: now.addingTimeInterval(8 * 86400), reason: .expiring, note: "")
            forecast.add(ForecastSamples.kept(certificate, on, plan: plan))
        }
        // An hour a week at one call in ten seconds: 360 calls, and so 60 orders.
        let pace = CallPace(requestsPerSecond: 0.1, requestsInFlight: 8)
        let overloads = forecast.overloads(["demo": pace])
        #expect(overloads.map(\.days) == [nil, 100, 47])
        let first = try #require(overloads.first)
        #expect(first.orders == 100 && first.room == 60 && first.weeks == 1 && first.account == "demo")
        #expect(
            first.sentence.contains("100 orders in \(first.week), and room for 60")
                && first.sentence.contains("windows"))
        #expect(forecast.overloads(["demo": CallPace(requestsPerSecond: nil, requestsInFlight: 8)]).isEmpty)
        #expect(forecast.overloads([:]).isEmpty)
    }

    @Test func `weeks are those of ISO 8601`() throws {
        var chance = ForecastSamples.Chance(state: 7)
        for _ in 0..<2000 {
            let date = Date(timeIntervalSince1970: Double.random(in: -1e9..<4e9, using: &chance).rounded())
            let week = ISOWeek(holding: date)
            #expect(week.description == ForecastSamples.week(date))
            #expect(week.period.contains(date) && ISOWeek(holding: week.start) == week)
        }
        #expect(ISOWeek(holding: now).description == "2026-W48")
    }

    @Test func `the longest validity is that of the day of issuance`() {
        let change = MaximumValidity.rules[1].since
        #expect(MaximumValidity.days(at: change.addingTimeInterval(-1)) == 199)
        #expect(MaximumValidity.days(at: change) == 100)
        #expect(MaximumValidity.days(at: .distantFuture) == 47 && MaximumValidity.days(at: .distantPast) == 199)
    }
}
