// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// SCM's dates: days of the calendar in several styles, or ISO 8601. Where there is no zone, UTC is meant as well as
/// anything.
enum SectigoDates {
    /// `nil` for anything else: a date that cannot be read is not worth failing a call for.
    static func date(_ text: String) -> Date? {
        let parts = text.trimmed.split(maxSplits: 1) { $0 == " " || $0 == "T" || $0 == "t" }
        guard let day = parts.first.flatMap({ isoDay($0) }) else { return nil }
        guard parts.count == 2 else { return iso("\(day)T00:00:00Z") }
        // Milliseconds say nothing that is needed.
        let clock = parts[1].prefix { $0.isNumber || $0 == ":" }
        let zone = parts[1].firstIndex { "Zz+-".contains($0) }.map { String(parts[1][$0...]).uppercased() } ?? "Z"
        return iso("\(day)T\(clock)\(zone)") ?? iso("\(day)T00:00:00Z")
    }

    /// `MM/dd/yyyy`, `dd.MM.yyyy`, `yyyy/MM/dd` or `yyyy-MM-dd`, perhaps without leading zeros, as the last.
    private static func isoDay(_ text: Substring) -> String? {
        let numbers = text.split { !$0.isNumber }.map(String.init)
        guard numbers.count == 3, text.allSatisfy({ $0.isNumber || "/.-".contains($0) }) else { return nil }
        let (year, month, day): (String, String, String)
        if numbers[0].count == 4 {
            (year, month, day) = (numbers[0], numbers[1], numbers[2])
        } else if text.contains(".") {
            (day, month, year) = (numbers[0], numbers[1], numbers[2])
        } else {
            (month, day, year) = (numbers[0], numbers[1], numbers[2])
        }
        guard year.count == 4, month.count <= 2, day.count <= 2 else { return nil }
        return "\(year)-\(month.count == 1 ? "0" : "")\(month)-\(day.count == 1 ? "0" : "")\(day)"
    }

    private static func iso(_ text: String) -> Date? {
        do { return try Date.ISO8601FormatStyle().parse(text) } catch { return nil }
    }
}
