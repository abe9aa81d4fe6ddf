// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel

/// A forecast for a terminal: a bar for each week, and below what shorter lifetimes would bring.
struct ForecastChart {
    private let view: ForecastView
    private let width: Int
    private let order: Character
    private let expiry: Character

    /// - Parameter isPlain: in ASCII, for files and pipes.
    init(_ view: ForecastView, width: Int, isPlain: Bool) {
        self.view = view
        self.width = width
        (order, expiry) = isPlain ? ("#", "x") : ("█", "░")
    }

    var text: String {
        let total = view.total
        guard total.certificates > 0 else {
            return "nothing yet; order with: publicca order create, or see: publicca certificate list"
        }
        let of = view.account.map { " of account \($0)" } ?? ""
        let renewed = "certificates\(of): \(total.certificates), renewed by themselves: \(total.autoRenewed)"
        return
            ([renewed, "", "\(order) orders   \(expiry) certificates that will expire", ""] + chart + ["", courses, ""]
            + [accounts]).joined(separator: "\n")
    }

    private var chart: [String] {
        let weeks = view.weeks
        let most = max(1, weeks.map { $0.orders + $0.expiring }.max() ?? 1)
        let counts = ["ORDERS"] + weeks.map { "\($0.orders)" }
        let ends = ["EXPIRE"] + weeks.map { $0.expiring == 0 ? "-" : "\($0.expiring)" }
        let widths = [counts, ends].map { $0.map(\.count).max() ?? 0 }
        let room = max(10, width - 8 - widths.reduce(0, +) - 6 - Self.peak.count)
        let header = "WEEK    " + "  " + left(counts[0], widths[0]) + "  " + left(ends[0], widths[1])
        return [header]
            + weeks.enumerated().map { index, week in
                let bar = bar(order, week.orders, most, room) + bar(expiry, week.expiring, most, room)
                let cells = [week.name, left(counts[index + 1], widths[0]), left(ends[index + 1], widths[1]), bar]
                let line = cells.joined(separator: "  ") + (week.isPeak ? Self.peak : "")
                return String(line.reversed().drop { $0 == " " }.reversed())
            }
    }

    private static let peak = " peak"

    private func left(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// What is there is seen, however little it is.
    private func bar(_ mark: Character, _ count: Int, _ most: Int, _ room: Int) -> String {
        let length = count == 0 ? 0 : max(1, count * (room - 1) / most)
        return String(repeating: mark, count: length)
    }

    private var courses: String {
        var table = Table("IF CERTIFICATES LIVE", "A WEEK", "PEAK", "IN WEEK", "OF CAPACITY")
        for course in view.courses {
            let peak = view.forecast.peak(of: course.orders)
            table.add(
                course.title, "\(Int(course.perWeek.rounded(.up)))", "\(peak?.orders ?? 0)",
                peak?.week.description ?? "-", ForecastView.percent(view.share(days: course.days)))
        }
        return table.text(width: width)
    }

    private var accounts: String {
        var table = Table("ACCOUNT", "CERTIFICATES", "RENEWED", "PEAK", "CALLS A SECOND", "OF CAPACITY")
        for (name, load) in view.forecast.accounts.sorted(by: { $0.key < $1.key }) {
            table.add(
                name, "\(load.certificates)", "\(load.autoRenewed)", "\(load.orders.max() ?? 0)",
                view.paces[name].map { "\($0.callsPerSecond)" } ?? "-", ForecastView.percent(view.share(of: name)))
        }
        return table.text(width: width)
    }
}
