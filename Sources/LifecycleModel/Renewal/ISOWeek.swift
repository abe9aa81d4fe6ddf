// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// A week from Monday to Sunday in UTC, as ISO 8601 counts them.
package struct ISOWeek: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Counted from the week that holds the first of January 1970, a Thursday.
    package var number: Int

    package init(holding date: Date) {
        number = Int(((date.timeIntervalSince1970 / 86400 + 3) / 7).rounded(.down))
    }

    package var start: Date { Date(timeIntervalSince1970: Double(number * 7 - 3) * 86400) }
    package var period: Range<Date> { start..<start.addingTimeInterval(7 * 86400) }

    /// Such as `2026-W48`.
    package var description: String { start.formatted(.iso8601.year().weekOfYear()) }

    package static func < (left: ISOWeek, right: ISOWeek) -> Bool { left.number < right.number }

    /// This week and those after it.
    package func following(_ count: Int) -> [ISOWeek] {
        (0..<count).map { offset in
            var week = self
            week.number += offset
            return week
        }
    }
}
