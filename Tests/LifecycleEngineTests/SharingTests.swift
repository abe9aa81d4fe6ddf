// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// Several hosts, and hosts that die.
struct SharingTests {
    @Test func `a host that hears nothing and is stopped leaves one order at the CA`() async throws {
        let lab = try await Laboratory()
        lab.ca.play(.acceptAndHang, times: 1)
        let order = try await lab.engine.order(Laboratory.wish())
        let stopping = Task { _ = try await lab.engine.pass(.order(order.id)) }
        while lab.ca.placedOrders.isEmpty { await Task.yield() }
        let rival = try await lab.rival()
        #expect(try await rival.pass(.order(order.id)) == 0)
        lab.time.advance(by: .seconds(121))
        stopping.cancel()
        _ = await stopping.result
        #expect(try await lab.run(order, with: rival).phase == .completed)
        #expect(lab.ca.placedOrders.count == 1)
    }

    @Test func `a refused account is paused on record, and goes on when a person has acted`() async throws {
        let lab = try await Laboratory()
        for number in 0..<20 { _ = try await lab.engine.order(Laboratory.wish("n\(number).example.org")) }
        lab.ca.mischief = [.accountRefused]
        try await lab.engine.pass()
        #expect(lab.ca.calls(.place) <= 8)
        #expect(try await lab.repository.account("test")?.isPaused == true)
        let asked = lab.ca.calls(.place)
        try await lab.engine.pass()
        #expect(lab.ca.calls(.place) == asked)
        lab.ca.mischief = []
        _ = try await lab.engine.resumeAccount("test")
        try await lab.engine.pass()
        #expect(try await lab.repository.counts().orders == [.completed: 20])
        #expect(lab.ca.placedOrders.count == 20)
    }

    @Test func `running until idle waits for what is in doubt, and not for the CA's people`() async throws {
        let lab = try await Laboratory()
        let endless = try await lab.engine.order(Laboratory.wish("endless.example.org", profile: "Mock Endless"))
        lab.ca.play(.lostReply, times: 1)
        try await lab.engine.pass(.order(endless.id))
        let doubtful = try await lab.engine.order(Laboratory.wish())
        lab.ca.play(.lostReply, times: 1)
        let running = Task { try await lab.engine.untilIdle(within: .seconds(300)) }
        let moving = Task {
            while !Task.isCancelled {
                lab.time.advance(by: .seconds(1))
                await Task.yield()
            }
        }
        #expect(try await running.value)
        moving.cancel()
        #expect(try await lab.stored(doubtful.id).phase == .completed)
        #expect(try await lab.stored(endless.id).phase == .placed)
    }

    @Test func `running until idle does not wait for a paused account`() async throws {
        let lab = try await Laboratory()
        _ = try await lab.engine.order(Laboratory.wish())
        _ = try await lab.engine.pauseAccount("test")
        #expect(try await lab.engine.untilIdle(within: .seconds(300)))
    }

    @Test func `two hosts place every order once`() async throws {
        let lab = try await Laboratory()
        for number in 0..<40 { _ = try await lab.engine.order(Laboratory.wish("n\(number).example.org")) }
        let rival = try await lab.rival()
        async let mine = lab.engine.pass()
        async let theirs = rival.pass()
        _ = try await (mine, theirs)
        #expect(lab.ca.placedOrders.count == 40)
        #expect(try await lab.repository.counts().orders == [.completed: 40])
    }

    @Test func `a full inventory waits, and a successor always fits`() async throws {
        var options = EngineOptions(worker: "one")
        options.capacity = 1
        let lab = try await Laboratory(options: options)
        let first = try await lab.issued("one.example.org")
        let second = try await lab.engine.order(Laboratory.wish("two.example.org"))
        try await lab.engine.pass()
        #expect(try await lab.stored(second.id).phase == .awaitingCapacity)
        let renewal = try await lab.run(lab.engine.renew(first.id))
        #expect(renewal.phase == .completed)
    }
}
