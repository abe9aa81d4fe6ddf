// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A time of some days of the week in which certificates may be renewed and deployed.
public struct MaintenanceWindow: Hashable, Sendable {
    /// On which it begins: 1 for Monday to 7 for Sunday (ISO 8601).
    public var days: Set<Int>
    /// Minutes after midnight, by the zone's clocks.
    public var from: Int
    /// At or before ``from``: on the day after.
    public var to: Int
    public var zone: TimeZone

    public init(days: Set<Int> = Set(1...7), from: Int, to: Int, zone: TimeZone) {
        self.days = days
        self.from = from
        self.to = to
        self.zone = zone
    }

    /// The stretch that holds a date, else the next one. `nil` where there is none within a fortnight.
    public func next(from date: Date) -> Range<Date>? {
        let calendar = Calendar(wallOf: zone)
        let today = calendar.startOfDay(for: date)
        return (-1...14).lazy.compactMap { offset -> Range<Date>? in
            guard let day = calendar.date(byAdding: .day, value: offset, to: today),
                days.contains((calendar.component(.weekday, from: day) + 5) % 7 + 1),
                let start = calendar.time(from, of: day),
                let end = calendar.time(to > from ? to : to + 24 * 60, of: day), start < end
            else { return nil }
            return start..<end
        }.first { $0.upperBound > date }
    }
}

extension [MaintenanceWindow] {
    /// The stretch that holds a date, else the next one of any window. Without windows there is no need to wait.
    public func next(from date: Date) -> Range<Date>? {
        guard !isEmpty else { return date..<Date.distantFuture }
        return compactMap { $0.next(from: date) }.min { $0.lowerBound < $1.lowerBound }
    }

    public func isOpen(at date: Date) -> Bool { contains { $0.next(from: date)?.contains(date) ?? false } || isEmpty }
}
