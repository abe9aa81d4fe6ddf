// SPDX-License-Identifier: Apache-2.0

import Foundation

extension YearReport {
    /// All of it, a line each, and what is wrong at the end.
    package var lines: [String] {
        let reasons = bought.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let kinds = calls.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return [
            "\(certificates) certificates over \(days) days, \(engines) engines, \(outages) outages, \(lostHosts) hosts lost",
            "bought \(orders): \(reasons)",
            "duplicates \(duplicates)",
            "late \(late), expired \(expired); the least that was left of one: \(short(leastDaysLeft)) days, "
                + "\(short(leastShareLeft * 100)) % of its lifetime",
            "revoked by CAs \(revokedCertificates), replaced \(replaced), the slowest after "
                + "\(short(slowestReplacementDays)) days",
            "rejected by CAs \(rejectedOrders), answers lost \(lostAnswers), decisions of a person \(decisions)",
            "calls for each order \(short(callsPerOrder)): \(kinds)",
            "worst burst at a CA \(worstSecond) calls in a second, \(worstMinute) in a minute; "
                + "refused as too many \(refusedCalls)",
            "\(steps) steps, \(journalLines) lines in the journal, digest \(digest.prefix(16))",
            "\(short(seconds)) s, \(Int(speed)) times as fast as time",
        ] + findings.map { "! \($0)" } + ["again: \(replay)"]
    }

    private func short(_ number: Double) -> String { String(format: "%.1f", number) }
}
