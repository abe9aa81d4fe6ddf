// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct OrderingTests {
    @Test func `an order becomes a certificate whose key is here`() async throws {
        let lab = try await Laboratory()
        let order = try await lab.run(lab.engine.order(Laboratory.wish()))
        #expect(order.phase == .completed)
        let certificate = try await lab.certificate(of: order)
        #expect(certificate.facts.commonName == "www.example.org")
        let key = try await lab.engine.privateKey(of: certificate)
        #expect(key.publicKey == certificate.facts.publicKey)
        #expect(lab.ca.calls(.place) == 1)
    }

    @Test func `the key is on record before anything is sent`() async throws {
        let lab = try await Laboratory()
        let order = try await lab.engine.order(Laboratory.wish())
        #expect(lab.ca.calls(.place) == 0)
        #expect(try await lab.repository.key(try #require(order.publicKey)) != nil)
    }

    @Test(arguments: [Mischief.lostReply, .acceptAndHang])
    func `a lost answer is found and nothing is bought twice`(_ mischief: Mischief) async throws {
        let lab = try await Laboratory()
        lab.ca.play(mischief, times: 1)
        let order = try await lab.engine.order(Laboratory.wish())
        let running = Task { _ = try await lab.engine.pass(.order(order.id)) }
        if mischief == .acceptAndHang {
            // The write's deadline ends the wait.
            while lab.ca.calls(.place) == 0 { await Task.yield() }
            await lab.time.untilSleeping()
            lab.time.advance(by: .seconds(61))
        }
        try await running.value
        let rested = try await lab.run(order)
        #expect(rested.phase == .completed)
        #expect(lab.ca.placedOrders.count == 1)
        #expect(lab.ca.calls(.place) == 1)
    }

    @Test func `an order that was lost on its way is sent again`() async throws {
        let lab = try await Laboratory()
        lab.ca.play(.lostBeforeAcceptance, times: 1)
        let order = try await lab.run(lab.engine.order(Laboratory.wish()))
        #expect(order.phase == .completed)
        #expect(lab.ca.placedOrders.count == 1)
        #expect(order.attempts == 2)
    }

    @Test func `late visibility does not lead to a second purchase`() async throws {
        let lab = try await Laboratory()
        lab.ca.play(.lostReply, times: 1)
        lab.ca.mischief.insert(.lateVisibility)
        let order = try await lab.run(lab.engine.order(Laboratory.wish()))
        #expect(order.phase == .completed)
        #expect(lab.ca.placedOrders.count == 1)
    }

    @Test func `the same caller's key is the same order`() async throws {
        let lab = try await Laboratory()
        var wish = Laboratory.wish()
        wish.callerKey = "deploy-7"
        let first = try await lab.engine.order(wish)
        let second = try await lab.engine.order(wish)
        #expect(first.id == second.id)
        try await lab.run(first)
        #expect(lab.ca.placedOrders.count == 1)
        var other = Laboratory.wish("other.example.org")
        other.callerKey = "deploy-7"
        await #expect(throws: LifecycleError.self) { try await lab.engine.order(other) }
    }

    @Test func `a home restored from before the order finds it instead of buying again`() async throws {
        let lab = try await Laboratory()
        var wish = Laboratory.wish()
        wish.callerKey = "deploy-7"
        try await lab.run(lab.engine.order(wish))
        let restored = try await EngineLabAfresh(lab)
        let again = try await restored.lab.engine.order(wish)
        try await restored.lab.engine.pass(.order(again.id))
        #expect(lab.ca.placedOrders.count == 1)
        let found = try #require(try await restored.lab.repository.order(again.id))
        #expect(found.reference == lab.ca.placedOrders.first && found.phase == .completed)
        let certificate = try await restored.lab.certificate(of: found)
        #expect(try await restored.lab.repository.key(certificate.facts.publicKey) == nil)
    }

    @Test func `an order that was deleted here is found again by its caller's key, with its key`() async throws {
        let lab = try await Laboratory()
        var wish = Laboratory.wish()
        wish.callerKey = "deploy-7"
        let first = try await lab.run(lab.engine.order(wish))
        let bought = try await lab.certificate(of: first)
        try await lab.engine.delete(first.id)
        let again = try await lab.run(lab.engine.order(wish))
        #expect(lab.ca.placedOrders.count == 1)
        let certificate = try await lab.certificate(of: again)
        #expect(certificate.facts.sha256 == bought.facts.sha256)
        #expect(try await lab.engine.privateKey(of: certificate).publicKey == bought.facts.publicKey)
        let reference = try #require(again.reference)
        #expect(try await lab.repository.tombstone(account: "test", reference: reference) == nil)
    }

    @Test func `unknown words are waited through`() async throws {
        let lab = try await Laboratory()
        let order = try await lab.run(lab.engine.order(Laboratory.wish(profile: "Mock Odd")))
        #expect(order.phase == .completed)
    }

    @Test func `a refused order ends with the CA's words`() async throws {
        let lab = try await Laboratory()
        let order = try await lab.run(lab.engine.order(Laboratory.wish(profile: "Mock Rejected")))
        #expect(order.phase == .rejected)
        #expect(order.problem?.isEmpty == false)
    }

    @Test(arguments: [Mischief.wrongKey, .wrongNames, .expiredLeaf])
    func `what is not what was ordered is held back`(_ mischief: Mischief) async throws {
        let lab = try await Laboratory()
        lab.ca.mischief = [mischief]
        let order = try await lab.run(lab.engine.order(Laboratory.wish()))
        #expect(order.phase == .stuck)
        #expect(order.heldChain != nil && order.certificate == nil)
    }

    @Test(arguments: [Mischief.chainUpsideDown, .strayRoots])
    func `a chain in any order comes out leaf first`(_ mischief: Mischief) async throws {
        let lab = try await Laboratory()
        lab.ca.mischief = [mischief]
        let order = try await lab.run(lab.engine.order(Laboratory.wish()))
        #expect(try await lab.certificate(of: order).facts.commonName == "www.example.org")
    }
}

/// The same CA, and a home that knows nothing of what was ordered there.
private struct EngineLabAfresh {
    let lab: EngineLab

    init(_ former: Laboratory) async throws {
        lab = try await EngineLab(
            ca: former.ca, time: former.time, options: EngineOptions(worker: "restored"), repository: nil)
    }
}
