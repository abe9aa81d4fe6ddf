// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Testing

struct OpenHoursTests {
    private let start = Date(timeIntervalSince1970: 1_795_392_000)  // 2026-11-23, a Monday
    private let evening = MaintenanceWindow(from: 20 * 60, to: 22 * 60, zone: .gmt)
    private let late = MaintenanceWindow(from: 21 * 60, to: 1 * 60, zone: .gmt)

    private func hour(_ hour: Double) -> Date { start.addingTimeInterval(hour * 3600) }
    private var week: Range<Date> { start..<hour(7 * 24) }

    @Test func `windows that overlap count once`() {
        let hours = OpenHours([evening, late], in: week)
        // The last night's end is beyond the week, and the first hour belongs to the night before.
        #expect(hours.seconds(in: week) == 7 * 5 * 3600)
        #expect(hours.seconds(in: hour(0)..<hour(24)) == 5 * 3600)
        #expect(hours.stretch(from: hour(12)) == hour(20)..<hour(25))
        #expect(hours.stretch(from: hour(24.5)) == hour(20)..<hour(25))
        #expect(hours.stretch(from: hour(25)) == hour(44)..<hour(49))
    }

    @Test func `without windows it is always open`() {
        let hours = OpenHours([], in: week)
        #expect(hours.seconds(in: week) == 7 * 86400 && hours.stretch(from: hour(3)) == nil)
    }

    @Test func `a window without a day never opens`() {
        let hours = OpenHours([MaintenanceWindow(days: [], from: 0, to: 60, zone: .gmt)], in: week)
        #expect(hours.seconds(in: week) == 0 && hours.stretch(from: start) == nil)
    }
}
