// SPDX-License-Identifier: Apache-2.0

import Foundation

extension YearReport {
    /// All of it, a line each, and what is wrong at the end.
    package var lines: [String] {
        return [
            "\(certificates) certificates over \(days) days in \(homes) homes of \(engines) engines, \(outages) outages, "
                + "\(lostHosts) hosts lost",
            "bought \(orders): " + listed(bought),
            "duplicates \(duplicates)",
            "late \(late), expired \(expired), more than a day after they were due \(overdue)" + least,
            "revoked by CAs \(revokedCertificates), looked for every \(looks) days, replaced \(replaced), the slowest after "
                + "\(short(slowestReplacementDays)) days",
            "rejected by CAs \(rejectedOrders), answers lost \(lostAnswers), decisions of a person \(decisions)",
            "calls for each order \(short(callsPerOrder)): " + listed(calls),
            "worst burst of an account \(worstSecond) calls in one second by the clock, \(worstMinute) in a minute; "
                + "refused as too many \(refusedCalls)",
            "\(steps.values.reduce(0, +)) steps: " + listed(steps),
            "\(journalLines) lines in the journal, digest \(digest.prefix(16))",
            "\(short(seconds)) s, \(Int(speed)) times as fast as time",
        ] + findings.map { "! \($0)" } + ["again: \(replay)"]
    }

    private var least: String {
        guard let leastDaysLeft, let leastShareLeft else { return "" }
        return
            "; the least that was left of one: \(short(leastDaysLeft)) days, \(short(leastShareLeft * 100)) % of its lifetime"
    }

    /// What a whole year of ten thousand has to meet: each a ratio, its aim, and whether it was met. Nothing for less.
    package var aims: [String] {
        guard certificates >= 10_000, days >= 365 else { return [] }
        let aims = [
            ("seconds / 300", seconds / 300, 1.0), ("duplicates / orders", Double(duplicates) / Double(orders), 0),
            ("late / orders", Double(late) / Double(orders), 0),
        ]
        return aims.map { name, value, most in
            name.padding(toLength: 22, withPad: " ", startingAt: 0)
                + String(format: "%6.2f  <= %.0f  ", value, most) + (value <= most ? "met" : "MISSED")
        }
    }

    private func listed(_ counts: [String: Int]) -> String {
        counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    private func short(_ number: Double) -> String { String(format: "%.1f", number) }
}
