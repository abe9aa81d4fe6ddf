// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel

/// The whole inventory at a glance, from numbers that are kept and never from counting.
struct StatusReport: Sendable {
    let now: Date
    var attention: [Attention] = []
    var health = StatusHealth()
    var orders: [(String, Int)] = []
    var certificates: [(String, Int)] = []
    var expiring: [(days: Int, count: Int)] = []
    /// Certificates that end in each of the next weeks, counted from today, with the day on which it begins.
    var weeks: [(from: Date, count: Int)] = []

    static func read(_ engine: LifecycleEngine, at now: Date) async throws(LifecycleError) -> StatusReport {
        var report = StatusReport(now: now)
        let attention = try await reading { () async throws(RepositoryError) in try await engine.attention(at: now) }
        let counts = try await reading { () async throws(RepositoryError) in try await engine.repository.counts() }
        report.attention = attention
        report.orders = OrderPhase.allCases.map { ($0.rawValue, counts.orders[$0, default: 0]) }
        report.count(counts)
        report.health = try await StatusHealth.read(engine, attention, counts, at: now)
        return report
    }

    init(now: Date) { self.now = now }

    private mutating func count(_ counts: Counts) {
        let today = Counts.day(of: now)
        let expired = counts.expiring.filter { $0.key < today }.values.reduce(0, +)
        certificates = CertificateStatus.allCases.map { status in
            switch status {
            // The expired are kept among the valid.
            case .valid: (status.rawValue, max(0, counts.certificates[.valid, default: 0] - expired))
            case .expired: (status.rawValue, expired)
            case .revoked, .replaced: (status.rawValue, counts.certificates[status, default: 0])
            }
        }
        expiring = [7, 30, 90].map { days in
            (days, counts.expiring.filter { (today...today + days).contains($0.key) }.values.reduce(0, +))
        }
        weeks = (0..<12).map { week in
            let days = (today + 7 * week)..<(today + 7 * week + 7)
            let count = counts.expiring.filter { days.contains($0.key) }.values.reduce(0, +)
            return (Date(timeIntervalSince1970: Double(days.lowerBound) * 86400), count)
        }
    }
}
