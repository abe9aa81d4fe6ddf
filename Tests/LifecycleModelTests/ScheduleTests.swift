// SPDX-License-Identifier: Apache-2.0

// Essentials alone know no zone but GMT.
import Foundation
import LifecycleModel
import Testing

struct ScheduleTests {
    private let berlin: TimeZone

    init() throws { berlin = try #require(TimeZone(identifier: "Europe/Berlin")) }

    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    /// The first dates after one.
    private func dates(_ schedule: Schedule, after date: Date, id: String = "main", count: Int) -> [Date] {
        var dates: [Date] = []
        while dates.count < count { dates.append(schedule.next(after: dates.last ?? date, for: id)) }
        return dates
    }

    @Test func `a time of day stays the same by the clocks when these change`() throws {
        let schedule = Schedule(every: .seconds(86_400), at: 3 * 60 + 30, zone: berlin)
        let spring = dates(schedule, after: try date("2026-03-28T12:00:00Z"), count: 2)
        #expect(spring == [try date("2026-03-29T01:30:00Z"), try date("2026-03-30T01:30:00Z")])
        let autumn = dates(schedule, after: try date("2026-10-24T00:00:00Z"), count: 2)
        #expect(autumn == [try date("2026-10-24T01:30:00Z"), try date("2026-10-25T02:30:00Z")])
    }

    @Test func `a time that is left out comes a moment later, and one that comes twice is taken once`() throws {
        let schedule = Schedule(every: .seconds(86_400), at: 2 * 60 + 30, zone: berlin)
        let spring = dates(schedule, after: try date("2026-03-28T12:00:00Z"), count: 2)
        #expect(spring == [try date("2026-03-29T01:00:00Z"), try date("2026-03-30T00:30:00Z")])
        let autumn = dates(schedule, after: try date("2026-10-24T12:00:00Z"), count: 2)
        #expect(autumn == [try date("2026-10-25T00:30:00Z"), try date("2026-10-26T01:30:00Z")])
    }

    @Test(arguments: [
        Schedule.daily, .weekly, Schedule(every: .seconds(90)), Schedule(every: .seconds(604_800), at: 180),
    ])
    func `dates follow each other at the same distance, wherever one begins`(_ schedule: Schedule) throws {
        let start = try date("2026-01-01T00:00:00Z")
        let dates = dates(schedule, after: start, count: 20)
        let distance = Double(schedule.every.components.seconds)
        #expect(try #require(dates.first) > start)
        for (date, next) in zip(dates, dates.dropFirst()) {
            #expect(abs(next.timeIntervalSince(date) - distance) < 0.001)
            #expect(schedule.next(after: date.addingTimeInterval(distance / 3), for: "main") == next)
        }
    }

    /// The queue keeps whole milliseconds.
    @Test func `what was done a part of a millisecond early is not due again at once`() throws {
        let start = try date("2026-01-01T00:00:00Z")
        for number in 0..<50 {
            let next = Schedule.daily.next(after: start, for: "account \(number)")
            #expect(abs(next.timeIntervalSince(next.inMilliseconds)) < 0.000_001)
            let second = Schedule.daily.next(after: next.addingTimeInterval(-0.0004), for: "account \(number)")
            #expect(second.timeIntervalSince(next) > 86_399)
        }
    }

    @Test func `accounts without a time of day are not all asked at once`() throws {
        let start = try date("2026-01-01T00:00:00Z")
        let hours = (0..<200).map { number in
            Int(Schedule.daily.next(after: start, for: "account \(number)").timeIntervalSince(start) / 3600)
        }
        #expect(Set(hours).count == 24 && hours.allSatisfy { (0..<24).contains($0) })
        let days = (0..<50).map { number in
            Schedule(every: .seconds(604_800), at: 180).next(after: start, for: "account \(number)")
        }
        #expect(Set(days).count == 7)
    }

    @Test func `what comes at a time outside of every window never comes`() throws {
        let start = try date("2026-01-01T00:00:00Z")
        let night = MaintenanceWindow(days: [6, 7], from: 22 * 60, to: 5 * 60, zone: berlin)
        func canFire(_ every: Int, at: Int?, _ windows: [MaintenanceWindow]) -> Bool {
            Schedule(every: .seconds(every), at: at, zone: berlin).canFire(in: windows, from: start)
        }
        #expect(canFire(86_400, at: 180, [night]))
        #expect(!canFire(86_400, at: 720, [night]))
        #expect(canFire(86_400, at: 720, []))
        #expect(canFire(43_200, at: nil, [night]))
        // Each account has a day of its own, which may be any.
        #expect(!canFire(604_800, at: 180, [night]))
        #expect(canFire(3 * 86_400, at: 180, [night]))
    }

    /// Looked at turn by turn, ten years would be looked at three thousand times.
    @Test(arguments: [3659, 3660])
    func `the longest schedule is judged as fast as it is long`(_ days: Int) throws {
        let schedule = Schedule(every: .seconds(days * 86_400), at: 180, zone: berlin)
        let start = try date("2026-01-01T00:00:00Z")
        let weekend = MaintenanceWindow(days: [6, 7], from: 120, to: 240, zone: berlin)
        let noon = MaintenanceWindow(days: [6, 7], from: 720, to: 780, zone: berlin)
        #expect(schedule.canFire(in: [weekend], from: start))
        #expect(!schedule.canFire(in: [noon], from: start))
    }
}

struct MaintenanceWindowTests {
    private func date(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    @Test func `a night lasts from one day to the next, by the clocks on the wall`() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let window = MaintenanceWindow(days: [6], from: 22 * 60, to: 5 * 60, zone: berlin)
        // The clocks go forward in this one, and back in that one.
        #expect(
            window.next(from: try date("2026-03-28T12:00:00Z"))
                == (try date("2026-03-28T21:00:00Z"))..<(try date("2026-03-29T03:00:00Z")))
        #expect(
            window.next(from: try date("2026-10-25T03:59:00Z"))
                == (try date("2026-10-24T20:00:00Z"))..<(try date("2026-10-25T04:00:00Z")))
        #expect([window].isOpen(at: try date("2026-03-29T02:59:59Z")))
        #expect(![window].isOpen(at: try date("2026-03-29T03:00:00Z")))
    }

    @Test func `the end of a day is no beginning of the next`() throws {
        let window = MaintenanceWindow(days: [1], from: 23 * 60, to: 24 * 60, zone: .gmt)
        #expect(
            window.next(from: try date("2026-01-05T00:00:00Z"))
                == (try date("2026-01-05T23:00:00Z"))..<(try date("2026-01-06T00:00:00Z")))
    }

    @Test func `without windows it is always open, and of several the first one counts`() throws {
        let now = try date("2026-01-05T00:00:00Z")
        #expect([MaintenanceWindow]().isOpen(at: now))
        let later = MaintenanceWindow(from: 600, to: 660, zone: .gmt)
        let sooner = MaintenanceWindow(from: 60, to: 120, zone: .gmt)
        #expect([later, sooner].next(from: now)?.lowerBound == now.addingTimeInterval(3600))
    }
}
