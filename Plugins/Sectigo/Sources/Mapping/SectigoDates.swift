// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// SCM's dates: days of the calendar in several styles, ISO 8601, or milliseconds since 1970. Where there is no zone, UTC
/// is meant as well as anything.
enum SectigoDates {
    /// `nil` for anything else: a date that cannot be read is not worth failing a call for.
    static func date(_ text: String) -> Date? { readings(text).first }

    /// What a date may mean, the likeliest first: in `05/06/2026` either number may be the month.
    static func readings(_ text: String) -> [Date] {
        let text = text.trimmed
        // So many digits are a moment from 2001 to 2286.
        if text.count == 13, let milliseconds = Int(text) {
            return [Date(timeIntervalSince1970: Double(milliseconds) / 1000)]
        }
        let parts = text.split(maxSplits: 1) { $0 == " " || $0 == "T" || $0 == "t" }
        guard let day = parts.first else { return [] }
        return isoDays(day).compactMap { day in
            guard parts.count == 2 else { return iso("\(day)T00:00:00Z") }
            // Milliseconds say nothing that is needed.
            let clock = parts[1].prefix { $0.isNumber || $0 == ":" }
            let zone = parts[1].firstIndex { "Zz+-".contains($0) }.map { String(parts[1][$0...]).uppercased() } ?? "Z"
            return iso("\(day)T\(clock)\(zone)") ?? iso("\(day)T00:00:00Z")
        }
    }

    /// `MM/dd/yyyy`, `dd/MM/yyyy`, `dd.MM.yyyy`, `yyyy/MM/dd` or `yyyy-MM-dd`, perhaps without leading zeros, as the last.
    private static func isoDays(_ text: Substring) -> [String] {
        let numbers = text.split { !$0.isNumber }.map(String.init)
        guard numbers.count == 3, text.allSatisfy({ $0.isNumber || "/.-".contains($0) }) else { return [] }
        if numbers[0].count == 4 { return isoDay(numbers[0], numbers[1], numbers[2]).map { [$0] } ?? [] }
        let british = isoDay(numbers[2], numbers[1], numbers[0])
        let american = text.contains(".") ? nil : isoDay(numbers[2], numbers[0], numbers[1])
        return [american, british].compactMap { $0 }
    }

    private static func isoDay(_ year: String, _ month: String, _ day: String) -> String? {
        guard year.count == 4, month.count <= 2, day.count <= 2 else { return nil }
        return "\(year)-\(month.count == 1 ? "0" : "")\(month)-\(day.count == 1 ? "0" : "")\(day)"
    }

    private static func iso(_ text: String) -> Date? {
        do { return try Date.ISO8601FormatStyle().parse(text) } catch { return nil }
    }
}
