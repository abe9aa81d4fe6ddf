// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What the coming weeks bring, of one account or of several.
package struct ForecastLoad: Hashable, Sendable {
    package var certificates = 0
    /// Those for which successors will be ordered.
    package var autoRenewed = 0
    /// For each week.
    package var orders: [Int]
    /// Certificates that end in a week, and for which no successor will be ordered.
    package var expiring: [Int]
    /// What it would be like if everything that is issued from now on lived no longer than so many days.
    package var scenarios: [Scenario]

    package struct Scenario: Hashable, Sendable {
        package var days: Int
        package var orders: [Int]
        /// Orders per week when no older certificate is left.
        package var perWeek = 0.0
    }

    package init(weeks: Int) {
        orders = Array(repeating: 0, count: weeks)
        expiring = orders
        scenarios = MaximumValidity.rules.dropFirst().map { [orders] in Scenario(days: $0.days, orders: orders) }
    }

    mutating func add(_ other: ForecastLoad) {
        certificates += other.certificates
        autoRenewed += other.autoRenewed
        Self.add(other.orders, to: &orders)
        Self.add(other.expiring, to: &expiring)
        for (index, scenario) in other.scenarios.enumerated() {
            Self.add(scenario.orders, to: &scenarios[index].orders)
            scenarios[index].perWeek += scenario.perWeek
        }
    }

    private static func add(_ counts: [Int], to sums: inout [Int]) {
        for (index, count) in counts.enumerated() { sums[index] += count }
    }
}

extension Forecast {
    /// Where an account has more to order than it can.
    package struct Overload: Hashable, Sendable {
        package var account: String
        /// How long certificates live in the scenario; `nil` for the forecast itself.
        package var days: Int?
        /// The worst week.
        package var week: ISOWeek
        package var orders: Int
        /// What it can do in that week.
        package var room: Int
        /// How many weeks are too full.
        package var weeks: Int
        package var hasWindows: Bool

        package var sentence: String {
            let when = days.map { "with certificates of \($0) days, " } ?? ""
            let others = weeks > 1 ? ", and \(weeks - 1) more such weeks" : ""
            return "\(when)account \(account) has \(orders) orders in \(week), and room for \(room) at its rate"
                + (hasWindows ? " within the maintenance windows" : "") + others
        }
    }

    /// - Parameter paces: what each account can do, by name; those that are missing are not looked at.
    package func overloads(_ paces: [String: CallPace]) -> [Overload] {
        accounts.keys.sorted().flatMap { name -> [Overload] in
            guard let load = accounts[name], let pace = paces[name] else { return [] }
            let courses = [(nil, load.orders)] + load.scenarios.map { (Optional($0.days), $0.orders) }
            return courses.compactMap { overload(of: name, $0, $1, pace) }
        }
    }

    private func overload(of account: String, _ days: Int?, _ orders: [Int], _ pace: CallPace) -> Overload? {
        let shares = shares(of: orders, at: pace)
        guard let worst = shares.max(), worst > 1, let index = shares.firstIndex(of: worst) else { return nil }
        return Overload(
            account: account, days: days, week: weeks[index], orders: orders[index],
            room: Int((Double(orders[index]) / worst).rounded(.down)), weeks: shares.count { $0 > 1 },
            hasWindows: hours.isBounded)
    }
}
