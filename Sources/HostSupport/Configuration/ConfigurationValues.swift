// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
// Essentials alone know no zone but GMT.
import FoundationInternationalization
import LifecycleModel

/// Reads single values as people write them.
enum ConfigurationValues {
    static func text(_ text: String) throws(Misfit) -> String {
        guard !text.isEmpty else { throw Misfit("something") }
        return text
    }

    static func number(_ range: ClosedRange<Int>) -> (String) throws(Misfit) -> Int {
        { (text) throws(Misfit) in
            guard let number = Int(text), range.contains(number) else {
                throw Misfit("a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    static func share(_ range: ClosedRange<Double>) -> (String) throws(Misfit) -> Double {
        { (text) throws(Misfit) in
            guard let number = Double(text), range.contains(number) else {
                throw Misfit("a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
    }

    static func choice(_ choices: [String]) -> (String) throws(Misfit) -> String {
        { (text) throws(Misfit) in
            guard choices.contains(text) else { throw Misfit("one of \(choices.joined(separator: ", "))") }
            return text
        }
    }

    /// `90s`, `30m`, `12h`, `400d`, `2w`.
    static func duration(_ text: String) throws(Misfit) -> Duration {
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()), number > 0,
            number <= 10 * 366 * 86400 / unit
        else { throw Misfit("a time span such as 90s, 30m, 12h or 7d") }
        return .seconds(number * unit)
    }

    /// Long enough to say again in time that one is still at it, and short enough that others take over on the same day.
    static func lease(_ text: String) throws(Misfit) -> Duration {
        let span = try duration(text)
        guard span >= .seconds(10), span <= .seconds(3600) else { throw Misfit("a time span from 10s to 1h") }
        return span
    }

    /// How often: a span, or a word for it.
    static func interval(_ text: String) throws(Misfit) -> Duration {
        if let word = words[text] { return .seconds(word) }
        do {
            let span = try duration(text)
            if span >= .seconds(60) { return span }
        } catch {
            throw Misfit("such as daily, weekly or 12h")
        }
        throw Misfit("such as daily, weekly or 12h, and at least a minute")
    }

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400]
    private static let words = ["hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400]

    /// `03:00`, as minutes after midnight.
    static func time(_ text: String) throws(Misfit) -> Int {
        let minutes = try endOfTime(text)
        guard minutes < 24 * 60 else { throw Misfit("a time such as \"03:00\"") }
        return minutes
    }

    /// The same; the end of a day is `24:00`.
    static func endOfTime(_ text: String) throws(Misfit) -> Int {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            let hour = UInt8(parts[0]), let minute = UInt8(parts[1]), minute < 60,
            hour < 24 || (hour == 24 && minute == 0)
        else { throw Misfit("a time such as \"03:00\"") }
        return Int(hour) * 60 + Int(minute)
    }

    static func zone(_ text: String) throws(Misfit) -> TimeZone {
        guard !text.isEmpty, let zone = TimeZone(identifier: text) else {
            throw Misfit("a zone such as UTC or Europe/Berlin")
        }
        return zone
    }

    /// `mon`, or `mon-fri`; a range may go over the end of the week.
    static func days(_ text: String) throws(Misfit) -> Set<Int> {
        let ends = text.lowercased().split(separator: "-", omittingEmptySubsequences: false)
            .map { week.firstIndex(of: String($0)) }
        guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil else {
            throw Misfit("days such as mon, sat or mon-fri")
        }
        return Set((0...((last - first + 7) % 7)).map { (first + $0) % 7 + 1 })
    }

    private static let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    /// A kind of event, or the first word of some.
    static func event(_ text: String) throws(Misfit) -> String {
        let kinds = NoticeEvent.kinds.keys.sorted()
        let words = Set(kinds.map { String($0.prefix { $0 != "." }) })
        let known = kinds + words.subtracting(kinds).sorted()
        guard !known.contains(text) else { return text }
        guard let near = NearestNames.to(text, among: known).first else {
            throw Misfit("kinds of events or their first words: \(words.sorted().joined(separator: ", "))")
        }
        throw Misfit("kinds of events or their first words, and \(text) is none: did you mean \(near)?")
    }

    static func severity(_ text: String) throws(Misfit) -> Severity {
        guard let severity = Severity(rawValue: text) else {
            throw Misfit("one of \(Severity.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return severity
    }
}
