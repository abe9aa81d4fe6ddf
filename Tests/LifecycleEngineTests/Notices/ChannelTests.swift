// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct ChannelTests {
    @Test func `what happens within a minute is one message, and is told once`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        for number in 1...3 { try await told.write("completed", about: "ord_\(number)") }
        try await told.live(minutes: 2)
        try await told.write("rejected", about: "ord_4")
        try await told.live(minutes: 5)
        #expect(told.inbox.taken.map { $0.events.map(\.subject) } == [["ord_1", "ord_2", "ord_3"], ["ord_4"]])
        #expect(Set(told.inbox.attempts).count == 2 && told.inbox.attempts.count == 2)
    }

    /// The queue gives out what is due within the same millisecond.
    @Test func `what becomes ripe a part of a millisecond later is not looked at again and again`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        try await told.write("completed", about: "ord_1")
        try await told.engine.pass()
        told.time.advance(by: .seconds(60) - .microseconds(400))
        let items = try await told.engine.claimDue(10, of: .channel("ops"))
        #expect(items.map(\.step) == ["look"])
        for item in items { try await told.engine.work(on: item) }
        #expect(try await told.repository.work(.channel("ops"), task: WorkItem.life)?.step == "deliver")
    }

    @Test func `a channel that is new hears of nothing that was before it`() async throws {
        let told = try await ToldLab()
        try await told.write("completed", about: "ord_1")
        try await told.engine.keepWatch()
        try await told.write("completed", about: "ord_2")
        try await told.live(minutes: 3)
        #expect(told.inbox.events.map(\.subject) == ["ord_2"])
        // Whoever starts anew changes nothing.
        try await told.rival().keepWatch()
        try await told.live(minutes: 3)
        #expect(told.inbox.attempts.count == 1)
    }

    @Test func `a host that dies on the way leaves the same message, with the same id`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        try await told.write("completed", about: "ord_1")
        told.inbox.failure = DeliveryFailure("the host died")
        try await told.live(minutes: 2)
        let first = try #require(told.inbox.attempts.first)
        // What happens meanwhile is told afterwards, and not in another message of that id.
        try await told.write("completed", about: "ord_2")
        told.inbox.failure = nil
        let heir = try await told.rival()
        for _ in 0..<60 {
            try await heir.pass()
            told.time.advance(by: .seconds(10))
        }
        #expect(told.inbox.taken.map { $0.events.map(\.subject) } == [["ord_1"], ["ord_2"]])
        #expect(told.inbox.taken.first?.id == first)
        #expect(Set(told.inbox.attempts).count == 2)
    }

    @Test func `a stop between two steps loses and repeats nothing`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        for number in 1...30 {
            try await told.write("completed", about: "ord_\(number)")
            // Every pass is another process.
            for _ in 0..<4 {
                try await told.rival("host \(number)").pass(.channel("ops"))
                told.time.advance(by: .seconds(7))
            }
        }
        for _ in 0..<20 {
            try await told.rival().pass()
            told.time.advance(by: .seconds(10))
        }
        #expect(told.inbox.events.map(\.subject) == (1...30).map { "ord_\($0)" })
    }

    @Test func `two hosts never send one message at once`() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let (gates, gate) = AsyncStream.makeStream(of: Void.self)
        let inbox = Inbox("ops") {
            arrival.yield()
            for await _ in gates { break }
        }
        let told = try await ToldLab(inbox)
        try await told.engine.keepWatch()
        try await told.write("completed")
        try await told.engine.pass()
        told.time.advance(by: .seconds(61))
        let sending = Task { try await told.engine.pass(.channel("ops")) }
        for await _ in arrivals { break }
        let rival = try await told.rival()
        #expect(try await rival.pass(.channel("ops")) == 0)
        gate.yield()
        _ = try await sending.value
        #expect(told.inbox.attempts.count == 1 && told.inbox.taken.count == 1)
    }

    @Test func `a message that hangs is given up in time, and tried again`() async throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let (silence, _) = AsyncStream.makeStream(of: Void.self)
        let told = try await ToldLab(
            Inbox("ops") {
                arrival.yield()
                for await _ in silence {}
            })
        try await told.engine.keepWatch()
        try await told.write("completed")
        try await told.engine.pass()
        told.time.advance(by: .seconds(61))
        let sending = Task { try await told.engine.pass(.channel("ops")) }
        for await _ in arrivals { break }
        let moving = Task {
            while !Task.isCancelled {
                told.time.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        _ = try await sending.value
        moving.cancel()
        let record = try #require(try await told.record())
        #expect(record.pending != nil && record.failures.count > 0)
        #expect(record.problem == "no answer in time, and we gave up waiting")
        #expect(Set(told.inbox.attempts).count == 1)
    }

    @Test func `what does not arrive is put aside after hours, and the channel goes on`() async throws {
        let told = try await ToldLab(Inbox("ops", "mail"))
        try await told.engine.keepWatch()
        told.inbox.failure = DeliveryFailure("503")
        try await told.write("rejected", about: "ord_1")
        try await told.live(minutes: 9 * 60)
        #expect(try await told.record()?.deadLetters.map { $0.notice.events.map(\.subject) } == [["ord_1"]])
        let dead = try await told.engine.attention(at: told.time.now()).filter { $0.kind == .channelDead }
        #expect(dead.map(\.subject) == ["ops", "mail"])
        #expect(dead.first?.what.hasPrefix("1 message for channel ops did not arrive: 503") == true)
        try await told.write("rejected", about: "ord_2")
        told.inbox.failure = nil
        try await told.live(minutes: 5)
        #expect(told.inbox.events.map(\.subject).filter { $0 == "ord_1" }.isEmpty)
        #expect(told.inbox.events.map(\.subject).filter { $0 == "ord_2" }.count == 2)
    }

    @Test func `dead letters are sent again in their order, or dropped`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        told.inbox.failure = DeliveryFailure("404", mayPass: false)
        for number in 1...3 {
            try await told.write("completed", about: "ord_\(number)")
            try await told.live(minutes: 3)
        }
        // Alerts of dead letters are dead letters, too.
        let letters = try #require(try await told.record()?.deadLetters.map(\.notice.id))
        #expect(letters.count >= 3)
        told.inbox.failure = nil
        _ = try await told.engine.resendNotices("ops")
        try await told.engine.pass(.channel("ops"))
        #expect(told.inbox.taken.map(\.id) == letters)
        #expect(try await told.record()?.again == [])
        #expect(try await told.record()?.deadLetters == [])
        told.inbox.failure = DeliveryFailure("404", mayPass: false)
        try await told.write("completed", about: "ord_4")
        try await told.live(minutes: 3)
        let rest = try await told.record()?.deadLetters.count
        #expect(try await told.engine.discardNotices("ops") == rest)
        #expect(try await told.record()?.deadLetters == [])
    }

    @Test func `a channel that left the configuration loses its work, and one that comes back begins anew`()
        async throws
    {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        let channels = told.inbox.channels
        told.inbox.channels = []
        try await told.engine.pass()
        #expect(try await told.record() != nil)
        try await told.engine.keepWatch()
        #expect(try await told.record() == nil)
        #expect(try await told.repository.work(.channel("ops"), task: WorkItem.life) == nil)
        try await told.write("completed", about: "ord_1")
        told.inbox.channels = channels
        try await told.engine.keepWatch()
        try await told.live(minutes: 3)
        #expect(told.inbox.taken.isEmpty)
    }

    @Test func `a test is sent at once, and leaves no trace`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        let before = try await told.record()
        _ = try await told.engine.testChannel("ops")
        #expect(told.inbox.events.map(\.kind) == ["test"])
        #expect(try await told.record() == before)
        await #expect(throws: LifecycleError.self) { try await told.engine.testChannel("opps") }
        told.inbox.failure = DeliveryFailure("404")
        await #expect(throws: LifecycleError.self) { try await told.engine.testChannel("ops") }
    }

    @Test func `nobody waits for channels and alerts to come to an end`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        try await told.engine.pass()
        #expect(try await told.engine.untilIdle(within: .seconds(300)))
    }
}
