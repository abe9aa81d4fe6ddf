// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

extension Date {
    /// For sentences, in UTC: `2026-01-31 09:30 UTC`.
    package var minute: String {
        let style = Date.ISO8601FormatStyle(dateTimeSeparator: .space).year().month().day()
            .time(includingFractionalSeconds: false)
        return formatted(style).prefix(16) + " UTC"
    }

    /// The days from one date to another, whole ones: `1 day`, `12 days`.
    package static func days(_ seconds: Double) -> String {
        let days = Int((seconds / 86400).rounded(.down))
        return days == 1 ? "1 day" : "\(days) days"
    }
}
