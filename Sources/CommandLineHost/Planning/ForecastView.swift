// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel

/// A forecast as it is shown.
struct ForecastView {
    let forecast: Forecast
    let total: ForecastLoad
    let paces: [String: CallPace]
    let overloads: [Forecast.Overload]
    /// The only account that was looked at.
    let account: String?

    init(report: ForecastReport, account: String?) {
        forecast = report.forecast
        total = report.forecast.total
        paces = report.paces
        overloads = report.forecast.overloads(report.paces)
        self.account = account
    }

    struct Week {
        var name: String
        var start: Date
        var orders: Int
        var expiring: Int
        var isPeak: Bool
    }

    var weeks: [Week] {
        let peak = forecast.peak(of: total.orders)
        return forecast.weeks.indices.map { index in
            let week = forecast.weeks[index]
            return Week(
                name: week.description, start: week.start, orders: total.orders[index],
                expiring: total.expiring[index], isPeak: week == peak?.week)
        }
    }

    /// The forecast and what would be if lifetimes were shorter, in words.
    var courses: [(title: String, days: Int?, perWeek: Double, orders: [Int])] {
        [("as the rules say", nil, Double(total.orders.reduce(0, +)) / Double(weeks.count), total.orders)]
            + total.scenarios.map { ("at most \($0.days) days", $0.days, $0.perWeek, $0.orders) }
    }

    /// The fullest week of an account, as a share of what it can do then.
    func share(of name: String, days: Int? = nil) -> Double? {
        guard let load = forecast.accounts[name], let pace = paces[name] else { return nil }
        let orders = days.flatMap { days in load.scenarios.first { $0.days == days }?.orders } ?? load.orders
        return forecast.shares(of: orders, at: pace).max()
    }

    /// The fullest account.
    func share(days: Int?) -> Double? {
        forecast.accounts.keys.compactMap { share(of: $0, days: days) }.max()
    }

    static func percent(_ share: Double?) -> String {
        guard let share else { return "-" }
        let percent = share * 100
        guard percent < 1_000_000 else { return "no room" }
        return percent == 0 ? "0 %" : percent < 1 ? "< 1 %" : "\(Int(percent.rounded())) %"
    }

    var json: JSONDocument {
        .object([
            "from": .date(forecast.now), "certificates": .number(total.certificates),
            "autoRenewed": .number(total.autoRenewed),
            "weeks": .list(
                weeks.map {
                    .object([
                        "week": .text($0.name), "start": .date($0.start), "orders": .number($0.orders),
                        "expiring": .number($0.expiring),
                    ])
                }), "peak": peak(of: total.orders),
            "whatIf": .list(
                total.scenarios.map { scenario in
                    .object([
                        "lifetimeDays": .number(scenario.days), "perWeek": .decimal(scenario.perWeek),
                        "peak": peak(of: scenario.orders), "share": decimal(share(days: scenario.days)),
                    ])
                }),
            "accounts": .list(forecast.accounts.keys.sorted().map(accountJSON)),
            "callsPerOrder": .decimal(CallPace.callsPerOrder), "warnings": .texts(overloads.map(\.sentence)),
        ])
    }

    private func accountJSON(_ name: String) -> JSONDocument {
        let load = forecast.accounts[name] ?? ForecastLoad(weeks: 0)
        return .object([
            "account": .text(name), "certificates": .number(load.certificates),
            "autoRenewed": .number(load.autoRenewed), "peak": peak(of: load.orders),
            "callsPerSecond": decimal(paces[name]?.callsPerSecond), "share": decimal(share(of: name)),
        ])
    }

    private func peak(of orders: [Int]) -> JSONDocument {
        forecast.peak(of: orders).map {
            .object(["week": .text($0.week.description), "orders": .number($0.orders)])
        } ?? .null
    }

    private func decimal(_ number: Double?) -> JSONDocument { number.map { .decimal($0) } ?? .null }
}
