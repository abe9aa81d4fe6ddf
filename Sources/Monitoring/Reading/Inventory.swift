// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What the repository says at one moment, from numbers that it keeps and from lists of what is not well: nothing here
/// costs more where more certificates are kept.
struct Inventory: Sendable {
    let repository: any LifecycleRepository
    /// The most live certificates; `nil` for no limit.
    let limit: Int?

    /// Days ahead by which the certificates that end are counted.
    static let days = [0, 1, 3, 7, 14, 30, 60, 90, 200]
    /// More than so many in trouble are as bad as that.
    private static let most = 1000
    /// So many of one day are read one by one.
    private static let few = 100

    func families(at now: Date) async throws(RepositoryError) -> [MetricFamily] {
        let counts = try await repository.counts()
        let accounts = try await repository.accounts()
        let today = Counts.day(of: now)
        let expired = counts.expiring.filter { $0.key < today }.values.reduce(0, +)
        var families = [
            MetricFamily(
                .certificates,
                by: CertificateStatus.allCases.map { ($0.rawValue, Double(counted($0, counts, expired))) }),
            MetricFamily(
                .expiring,
                by: Self.days.map { days in
                    ("\(days)", Double(counts.expiring.filter { $0.key - today <= days }.values.reduce(0, +)))
                } + [("+Inf", Double(counts.expiring.values.reduce(0, +)))]),
            MetricFamily(
                .orders, by: OrderPhase.allCases.map { ($0.rawValue, Double(counts.orders[$0, default: 0])) }),
            MetricFamily(.live, Double(counts.live(at: now))),
            MetricFamily(.limit, limit.map { [Sample([], Double($0))] } ?? []),
            MetricFamily(.workLag, try await lag(accounts, at: now)),
            MetricFamily(.renewals, by: try await renewals(at: now)),
            MetricFamily(.troubledDeployments, Double(try await troubledDeployments())),
            MetricFamily(.alerts, by: try await alerts()),
        ]
        let next = try await nextExpiry(counts, at: now)
        families.append(MetricFamily(.nextExpiry, next.map { [Sample([], $0)] } ?? []))
        return families + ofAccounts(accounts, at: now)
    }

    /// The expired are kept among the valid. The numbers do not tell those of them that have a successor, here or in `status`.
    private func counted(_ status: CertificateStatus, _ counts: Counts, _ expired: Int) -> Int {
        switch status {
        case .valid: max(0, counts.certificates[.valid, default: 0] - expired)
        case .expired: expired
        case .revoked, .replaced: counts.certificates[status, default: 0]
        }
    }

    /// To the second while few end on the same day; else until that day begins, or nothing when it has begun.
    private func nextExpiry(_ counts: Counts, at now: Date) async throws(RepositoryError) -> Double? {
        let today = Counts.day(of: now)
        let days = counts.expiring.filter { $0.key >= today && $0.value > 0 }.sorted { $0.key < $1.key }
        for (day, count) in days {
            let begins = Date(timeIntervalSince1970: Double(day) * 86_400)
            if count > Self.few { return max(0, begins.timeIntervalSince(now)) }
            var query = CertificateQuery()
            query.limit = Self.few
            query.notAfter = max(now, begins)..<begins.addingTimeInterval(86_400)
            query.statuses = [.valid]
            query.withoutSuccessor = true
            // Those of today may have ended already.
            let ends = try await repository.certificates(query).items.map(\.facts.notAfter)
            if let first = ends.min() { return first.timeIntervalSince(now) }
        }
        return nil
    }

    /// What a pause holds back waits for a person, and what is leased is being done.
    private func lag(_ accounts: [AccountRecord], at now: Date) async throws(RepositoryError) -> Double {
        let paused = Set(accounts.filter(\.isPaused).map(\.name))
        var cursor: PageCursor?
        // Bounded, although a paused account can have more work than that.
        for _ in 0..<5 {
            let page = try await repository.work(after: cursor, limit: 200)
            let waiting = page.items.first { item in
                !paused.contains(item.account) && (item.lease.map { $0.until <= now } ?? true)
            }
            if let waiting { return max(0, now.timeIntervalSince(waiting.due)) }
            guard let next = page.next, let last = page.items.last, last.due < now else { return 0 }
            cursor = next
        }
        return 0
    }

    private func renewals(at now: Date) async throws(RepositoryError) -> [(String, Double)] {
        var due = ManagedQuery()
        due.limit = Self.most
        due.renewalDueBy = now
        let plans = try await repository.managed(due).items.compactMap(\.renewal).filter { !$0.isStuck }
        var stuck = ManagedQuery()
        stuck.limit = Self.most
        stuck.isStuck = true
        let late = try await repository.lateRenewals(at: now, enough: Self.most).found.count
        return [
            ("due", Double(plans.count)), ("late", Double(min(late, Self.most))),
            ("stuck", Double(try await repository.managed(stuck).items.count)),
        ]
    }

    private func troubledDeployments() async throws(RepositoryError) -> Int {
        var query = DeploymentQuery()
        query.isTroubled = true
        query.limit = Self.most
        return try await repository.deployments(query).items.count
    }

    private func alerts() async throws(RepositoryError) -> [(String, Double)] {
        // What has ended is kept for a while, and needs nobody.
        let alerts = try await repository.alerts().filter { $0.endedAt == nil }
        return Severity.allCases.map { severity in
            (severity.rawValue, Double(alerts.count { $0.severity == severity }))
        }
    }

    private func ofAccounts(_ accounts: [AccountRecord], at now: Date) -> [MetricFamily] {
        let accounts = accounts.prefix(MetricsRegistry.seriesLimit)
        let paused = accounts.map { account in
            let labels = [Label("account", account.name), Label("provider", account.provider)]
            return Sample(labels, account.isPaused ? 1 : 0)
        }
        let ages = accounts.flatMap { account in
            account.lastSync.sorted { $0.key.rawValue < $1.key.rawValue }.map { catalog, readAt in
                Sample(
                    [Label("account", account.name), Label("catalog", catalog.rawValue)],
                    max(0, now.timeIntervalSince(readAt)))
            }
        }
        return [MetricFamily(.accountPaused, paused), MetricFamily(.catalogAge, ages)]
    }
}
