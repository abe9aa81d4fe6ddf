// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The header field `Retry-After` (RFC 9110 §10.2.3).
public enum RetryAfter {
    /// The delay that a CA asks for, between nothing and `most`; `nil` when the text is neither seconds nor a date.
    ///
    /// - Parameters:
    ///   - text: the field's value.
    ///   - now: what a date is counted from.
    ///   - most: longer delays are cut to this.
    public static func delay(_ text: String, from now: Date, most: Duration = .seconds(3600)) -> Duration? {
        let trimmed = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let seconds: Double
        if !trimmed.isEmpty, trimmed.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            seconds = Double(trimmed) ?? .infinity
        } else if let date = date(trimmed, now: now) {
            seconds = date.timeIntervalSince(now)
        } else {
            return nil
        }
        let limit = Double(most.components.seconds)
        return .milliseconds(Int64((min(max(seconds, 0), limit) * 1000).rounded()))
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// An HTTP date in any of the three forms of RFC 9110 §5.6.7: in all of them the day comes before the year.
    private static func date(_ text: String, now: Date) -> Date? {
        let tokens = text.split { $0 == " " || $0 == "," || $0 == "-" }
        let numbers = tokens.compactMap { Int($0) }
        guard numbers.count == 2, let month = tokens.compactMap({ months.firstIndex(of: String($0)) }).first,
            let clock = tokens.first(where: { $0.contains(":") })?.split(separator: ":").compactMap({ Int($0) }),
            clock.count == 3, (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2]),
            (1...31).contains(numbers[0]), (0...9999).contains(numbers[1])
        else { return nil }
        func date(in year: Int) -> Date {
            let days = daysSince1970(year: year, month: month + 1, day: numbers[0])
            return Date(timeIntervalSince1970: Double(days * 86400 + clock[0] * 3600 + clock[1] * 60 + clock[2]))
        }
        guard numbers[1] < 100 else { return date(in: numbers[1]) }
        // Two digits are of the next year that ends so, unless that is more than fifty years ahead.
        let limit = now.addingTimeInterval(50 * 365.25 * 86400)
        let years = stride(from: 1900 + numbers[1], through: 9900, by: 100)
        return years.map { date(in: $0) }.last { $0 <= limit }
    }

    /// Days of the Gregorian calendar, counting years from March so that the leap day comes last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }
}
