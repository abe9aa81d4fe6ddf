// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// How dates are written: SCM's default is American and has no time; `dateFormat` asks for others, by name or pattern.
enum DateStyle: String, CaseIterable, Sendable {
    case iso = "yyyy-MM-dd"
    case isoTime = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"
    case european = "dd.MM.yyyy"
    case europeanTime = "dd.MM.yyyy HH:mm:ss"
    case american = "MM/dd/yyyy"
    case americanTime = "MM/dd/yyyy HH:mm:ss"
    case british = "dd/MM/yyyy"
    case britishTime = "dd/MM/yyyy HH:mm:ss"
    case japanese = "yyyy/MM/dd"
    case japaneseTime = "yyyy/MM/dd HH:mm:ss"

    private static let names: [String: DateStyle] = [
        "ISO": .iso, "ISO_HMS": .isoTime, "EU": .european, "EU_HMS": .europeanTime, "US": .american,
        "US_HMS": .americanTime, "UK": .british, "UK_HMS": .britishTime, "JP": .japanese, "JP_HMS": .japaneseTime,
    ]

    init?(asked text: String) {
        guard
            let style = Self.names[text.uppercased()]
                ?? Self.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() })
        else { return nil }
        self = style
    }

    func text(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let (year, month, day) = Self.calendarDay(seconds)
        let (days, months) = (Self.padded(day), Self.padded(month))
        let rest = ((seconds % 86_400) + 86_400) % 86_400
        let time = [rest / 3600, rest / 60 % 60, rest % 60].map { Self.padded($0) }.joined(separator: ":")
        return switch self {
        case .iso: "\(year)-\(months)-\(days)"
        case .isoTime: "\(year)-\(months)-\(days)T\(time).000Z"
        case .european: "\(days).\(months).\(year)"
        case .europeanTime: "\(days).\(months).\(year) \(time)"
        case .american: "\(months)/\(days)/\(year)"
        case .americanTime: "\(months)/\(days)/\(year) \(time)"
        case .british: "\(days)/\(months)/\(year)"
        case .britishTime: "\(days)/\(months)/\(year) \(time)"
        case .japanese: "\(year)/\(months)/\(days)"
        case .japaneseTime: "\(year)/\(months)/\(days) \(time)"
        }
    }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// The proleptic Gregorian day of a time in UTC.
    private static func calendarDay(_ seconds: Int) -> (year: Int, month: Int, day: Int) {
        let days = (seconds - (((seconds % 86_400) + 86_400) % 86_400)) / 86_400 + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}
