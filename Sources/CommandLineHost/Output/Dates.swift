// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Dates as they are printed: ISO 8601 in UTC.
enum Dates {
    /// With seconds: `2026-01-31T09:30:00Z`.
    static func text(_ date: Date) -> String { "\(moment(milliseconds(date)))Z" }

    /// With milliseconds, for what happens many times a second.
    static func exact(_ date: Date) -> String {
        let milliseconds = milliseconds(date)
        return "\(moment(milliseconds)).\(digits(split(milliseconds, 1000).rest, 3))Z"
    }

    /// Since 1970, within the years 1 to 9999, which four digits can tell.
    private static func milliseconds(_ date: Date) -> Int {
        let seconds = min(max(date.timeIntervalSince1970, -62_135_596_800), 253_402_300_799)
        return Int((seconds * 1000).rounded())
    }

    /// Calculated here: Foundation's styles load a calendar and its zones first, which takes longer than a list does.
    private static func moment(_ milliseconds: Int) -> String {
        let (days, second) = split(split(milliseconds, 1000).whole, 86_400)
        let (year, month, day) = civil(days)
        let time = [second / 3600, second / 60 % 60, second % 60].map { digits($0, 2) }.joined(separator: ":")
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))T\(time)"
    }

    /// Division whose rest is never negative, for dates before 1970.
    private static func split(_ number: Int, _ unit: Int) -> (whole: Int, rest: Int) {
        let rest = (number % unit + unit) % unit
        return ((number - rest) / unit, rest)
    }

    /// The date of a day counted from 1970 on, in the Gregorian calendar. Years are counted from March, so that the
    /// odd day comes last.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isNextYear = month >= 10
        return (
            yearOfEra + era * 400 + (isNextYear ? 1 : 0), isNextYear ? month - 9 : month + 3,
            dayOfYear - (153 * month + 2) / 5 + 1
        )
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
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
