// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Dates as they are printed: ISO 8601 in UTC.
enum Dates {
    /// With seconds: `2026-01-31T09:30:00Z`.
    static func text(_ date: Date) -> String { date.formatted(.iso8601) }

    /// With milliseconds, for what happens many times a second.
    static func exact(_ date: Date) -> String {
        // Half a unit more, since the style cuts off and binary fractions lie a hair below.
        date.addingTimeInterval(0.000_5).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// For tables: `2026-01-31 09:30`.
    static func short(_ date: Date) -> String {
        String(text(date).prefix(16).map { $0 == "T" ? " " : $0 })
    }

    /// Whole days until a date, rounded towards the past: -1 since less than a day ago.
    static func days(from now: Date, until date: Date) -> Int {
        Int((date.timeIntervalSince(now) / 86400).rounded(.down))
    }
}
