// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import CommandLineHost

struct DatesTests {
    @Test func `dates are what Foundation makes of them, on every day of seven centuries`() {
        for day in -140_000...130_000 where day % 7 == 0 || (10_000...12_000).contains(day) {
            let date = Date(timeIntervalSince1970: Double(day * 86_400 + (day & 0xffff)))
            #expect(Dates.text(date) == date.formatted(.iso8601))
        }
    }

    @Test func `parts of a second are told where they are asked for`() {
        #expect(Dates.exact(Date(timeIntervalSince1970: 1_767_225_600.25)) == "2026-01-01T00:00:00.250Z")
        #expect(Dates.exact(Date(timeIntervalSince1970: -0.001)) == "1969-12-31T23:59:59.999Z")
        #expect(Dates.short(Date(timeIntervalSince1970: 1_767_225_659)) == "2026-01-01 00:00")
    }

    @Test func `what no calendar holds is shown as its end`() {
        #expect(Dates.text(.distantFuture) == "4001-01-01T00:00:00Z")
        #expect(Dates.text(Date(timeIntervalSince1970: 1e15)) == "9999-12-31T23:59:59Z")
        #expect(Dates.text(Date(timeIntervalSince1970: -1e15)) == "0001-01-01T00:00:00Z")
    }
}
