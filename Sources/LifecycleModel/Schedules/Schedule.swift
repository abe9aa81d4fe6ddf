// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// How often something is done that nobody asks for, and when.
///
/// The dates depend on the schedule and on an id alone: a restart moves none of them, several hosts agree on them, and what
/// has different ids is not all done at once.
public struct Schedule: Hashable, Sendable {
    public var every: Duration
    /// Minutes after midnight, by the zone's clocks. ``every`` then counts in whole days, at least one. `nil`: at a time
    /// that the id decides.
    public var at: Int?
    public var zone: TimeZone

    public init(every: Duration, at: Int? = nil, zone: TimeZone = .gmt) {
        self.every = every
        self.at = at
        self.zone = zone
    }

    public static let daily = Schedule(every: .hours(24))
    public static let weekly = Schedule(every: .hours(7 * 24))

    /// The first date after this one.
    public func next(after date: Date, for id: String) -> Date {
        guard let at else { return next(after: date, turnedBy: Spread.fraction(of: id)) }
        return next(after: date, at: at, skipping: Int(Spread.fraction(of: id) * Double(days)))
    }

    /// Whether it ever comes while a window is open, whatever the id is. One without a time of day does, since windows are
    /// waited for.
    public func canFire(in windows: [MaintenanceWindow], from date: Date) -> Bool {
        guard let at, !windows.isEmpty else { return true }
        // All days of the week meet all turns of the schedule, in summer and in winter. Each day is of one turn.
        let calendar = Calendar(wallOf: zone)
        let today = calendar.startOfDay(for: date)
        var closed = Set(0..<days)
        for offset in 0..<max(366, 7 * days) {
            guard let day = calendar.date(byAdding: .day, value: offset, to: today) else { continue }
            let turn = calendar.number(of: day) % days
            guard closed.contains(turn), let time = calendar.time(at, of: day), time > date else { continue }
            if windows.isOpen(at: time) { closed.remove(turn) }
            if closed.isEmpty { return true }
        }
        return false
    }

    private var days: Int { max(1, Int(every.components.seconds / 86400)) }

    private func next(after date: Date, turnedBy share: Double) -> Date {
        let period = Double(max(1, every.components.seconds))
        let turns = (date.timeIntervalSince1970 / period - share).rounded(.down)
        // As the queue keeps dates: a part of a millisecond later would be due at once, again and again.
        let next = Date(timeIntervalSince1970: (turns + 1 + share) * period).inMilliseconds
        return next > date.inMilliseconds ? next : next.addingTimeInterval(period)
    }

    private func next(after date: Date, at minutes: Int, skipping skipped: Int) -> Date {
        let calendar = Calendar(wallOf: zone)
        let today = calendar.startOfDay(for: date)
        let dates = (0...(days + 1)).lazy.compactMap { offset -> Date? in
            guard let day = calendar.date(byAdding: .day, value: offset, to: today),
                (calendar.number(of: day) + skipped).isMultiple(of: days)
            else { return nil }
            return calendar.time(minutes, of: day)
        }
        return dates.first { $0 > date } ?? date.addingTimeInterval(Double(days) * 86400)
    }
}

/// When an engine does what nobody asks for.
public struct DutySchedules: Hashable, Sendable {
    /// Reading what each CA lists of its accounts.
    public var catalogs = Schedule.weekly
    /// Looking at every open order, besides the looks that its own state asks for.
    public var orders = Schedule.daily
    /// Planning renewals anew.
    public var renewals = Schedule.daily
    /// Asking the CA whether certificates are what they are on record.
    public var revocations = Schedule.daily
    /// Dropping what is no longer to be kept.
    public var retention = Schedule.weekly

    public init() {}
}
