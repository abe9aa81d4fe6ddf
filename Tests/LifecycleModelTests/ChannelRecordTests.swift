// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import LifecycleModel

struct ChannelRecordTests {
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)

    private func sending(_ number: Int) -> ChannelRecord {
        var record = ChannelRecord(name: "ops", sequence: number - 1, createdAt: Self.start)
        record.pending = PendingNotice(Notice(id: "ops-\(number)", at: Self.start, events: []), through: number)
        return record
    }

    @Test func `a message that does not arrive is tried for eight hours, and then put aside`() throws {
        var record = sending(5)
        var now = Self.start
        var waits: [Int] = []
        while let next = record.failed(DeliveryFailure("503"), at: now, retry: .standard) {
            #expect(record.pending != nil && record.problem == "503" && record.sequence == 4)
            waits.append(Int(next.timeIntervalSince(now)))
            now = next
            try #require(waits.count < 20)
        }
        #expect(waits == [60, 240, 900, 2400, 3600, 7200, 14400])
        #expect(record.pending == nil && record.problem == nil && record.failures.count == 0)
        #expect(record.sequence == 5)
        #expect(record.deadLetters.map(\.notice.id) == ["ops-5"] && record.deadLetters.map(\.at) == [now])
    }

    @Test func `what no waiting mends is put aside at once`() {
        var record = sending(5)
        #expect(record.failed(DeliveryFailure("404", mayPass: false), at: Self.start, retry: .standard) == nil)
        #expect(record.deadLetters.map(\.problem) == ["404"])
    }

    @Test func `the newest twenty are kept, oldest first, and the others counted`() {
        var record = sending(1)
        for number in 1...23 {
            record.pending = PendingNotice(Notice(id: "\(number)", at: Self.start, events: []), through: number)
            _ = record.failed(DeliveryFailure("404", mayPass: false), at: Self.start, retry: .standard)
        }
        #expect(record.deadLetters.map(\.notice.id) == (4...23).map { "\($0)" })
        #expect(record.lost == 3)
    }

    @Test func `what arrives ends the failures, and moves the channel on`() {
        var record = sending(5)
        _ = record.failed(DeliveryFailure("503"), at: Self.start, retry: .standard)
        record.delivered(at: Self.start)
        #expect(record.sequence == 5 && record.failures.count == 0 && record.problem == nil)
        #expect(record.deliveredAt == Self.start && record.deadLetters.isEmpty)
        // A message that was sent again tells of lines that are behind already.
        record.pending = PendingNotice(Notice(id: "ops-2", at: Self.start, events: []), through: 2)
        record.delivered(at: Self.start)
        #expect(record.sequence == 5)
    }
}
