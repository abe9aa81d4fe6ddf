// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// The orders of the coming weeks, if nothing changes but time.
///
/// Certificates are added one after the other, and only sums are kept: a million of them take no more room than one.
package struct Forecast: Sendable {
    package let now: Date
    /// From the one that holds ``now`` on.
    package let weeks: [ISOWeek]
    package private(set) var accounts: [String: ForecastLoad] = [:]
    private let policy: RenewalPolicy
    let hours: OpenHours
    private let end: Date

    /// - Parameters:
    ///   - policy: the host's, as the engine has it.
    ///   - windows: when renewals may begin; empty for always.
    package init(
        from now: Date, weeks count: Int, policy: RenewalPolicy = RenewalPolicy(), windows: [MaintenanceWindow] = []
    ) {
        self.now = now
        self.policy = policy
        weeks = ISOWeek(holding: now).following(max(1, count))
        end = weeks[weeks.count - 1].period.upperBound
        // Somewhat longer: what is due in the last week may have to wait for a later one.
        hours = OpenHours(windows, in: now..<end.addingTimeInterval(14 * 86400))
    }

    /// Counts a certificate that is in force and has no successor.
    package mutating func add(_ kept: KeptCertificate) {
        let certificate = kept.certificate
        var load = accounts[certificate.account] ?? ForecastLoad(weeks: weeks.count)
        load.certificates += 1
        if let due = dueDate(of: kept) {
            load.autoRenewed += 1
            let course = course(kept, .rules)
            course.follow(certificate, due: due, from: now, until: end) { count($0, in: &load.orders) }
            for index in load.scenarios.indices { add(kept, due, to: &load.scenarios[index]) }
        } else {
            count(certificate.facts.notAfter, in: &load.expiring)
        }
        accounts[certificate.account] = load
    }

    /// What is on record, else what the policy says; `nil` where nothing will be ordered.
    private func dueDate(of kept: KeptCertificate) -> Date? {
        guard kept.autoRenewal.isEnabled, !kept.isGivenUp else { return nil }
        if let dueAt = kept.dueAt { return dueAt }
        let input = RenewalInput(
            certificate: kept.certificate, autoRenewal: kept.autoRenewal, capabilities: [], hasKey: kept.hasKey)
        return policy.verdict(for: input, at: now).dueAt
    }

    private func add(_ kept: KeptCertificate, _ due: Date, to scenario: inout ForecastLoad.Scenario) {
        let course = course(kept, .days(scenario.days))
        course.follow(kept.certificate, due: due, from: now, until: end) { count($0, in: &scenario.orders) }
        let rest = course.rest(after: kept.certificate, at: now)
        if rest > 0 { scenario.perWeek += 7 * 86400 / rest }
    }

    private func course(_ kept: KeptCertificate, _ limit: RenewalCourse.Limit) -> RenewalCourse {
        RenewalCourse(policy: policy, hours: hours, autoRenewal: kept.autoRenewal, limit: limit)
    }

    private func count(_ date: Date, in counts: inout [Int]) {
        let index = ISOWeek(holding: max(date, now)).number - weeks[0].number
        if counts.indices.contains(index) { counts[index] += 1 }
    }

    /// All accounts together.
    package var total: ForecastLoad {
        accounts.values.reduce(into: ForecastLoad(weeks: weeks.count)) { $0.add($1) }
    }

    /// The busiest week, the first of several; `nil` without any order.
    package func peak(of counts: [Int]) -> (week: ISOWeek, orders: Int)? {
        guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return nil }
        return (weeks[index], most)
    }

    /// How much of an account's capacity each week takes, 1 for all of it; what is left of the first week counts.
    package func shares(of counts: [Int], at pace: CallPace) -> [Double] {
        zip(weeks, counts).map { week, orders in
            let room = pace.orders(in: hours.seconds(in: week.period.clamped(to: now..<end)))
            return orders == 0 ? 0 : Double(orders) / max(room, 1e-9)
        }
    }
}

/// What the forecast needs to know of a certificate.
package struct KeptCertificate: Sendable {
    package var certificate: IssuedCertificate
    /// What holds for it, see ``ManagedCertificate/autoRenewal(under:)``.
    package var autoRenewal: AutoRenewal
    /// When its successor is to be ordered, where that is on record.
    package var dueAt: Date?
    /// Whether its private key is here.
    package var hasKey: Bool
    /// Whether its renewal has been given up, until a person acts.
    package var isGivenUp: Bool

    package init(certificate: IssuedCertificate, managed: ManagedCertificate?, account: AccountRecord?, hasKey: Bool) {
        self.certificate = certificate
        autoRenewal = managed?.autoRenewal(under: account) ?? account?.autoRenewal ?? AutoRenewal()
        let plan = managed?.renewal.flatMap { $0.certificate == certificate.id ? $0 : nil }
        dueAt = plan?.dueAt
        self.hasKey = hasKey
        isGivenUp = plan?.isStuck == true
    }
}
