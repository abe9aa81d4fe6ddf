// SPDX-License-Identifier: Apache-2.0

import LifecycleTesting
import MockProvider
import Shop
import Testing

struct OrderingTests {
    let time: TestTime
    let ca: MockCA
    let lab: EngineLab
    let desk: CertificateDesk

    init() async throws {
        time = TestTime()
        ca = MockCA(now: time.now)
        lab = try await LifecycleEngine.testing(provider: ca.provider, time: time)
        desk = CertificateDesk(engine: lab.engine, account: "test", profile: "Mock Approval")
    }

    @Test func `a certificate is bought once though its answer is lost and the customer clicks twice`() async throws {
        ca.play(.lostReply, times: 1)
        let order = try await desk.order("example.org", for: "4711")
        try await lab.engine.pass()
        #expect(try await desk.order("example.org", for: "4711") == order)
        time.advance(by: .seconds(5))
        try await lab.engine.pass()
        #expect(ca.placedOrders.count == 1)
        #expect(try await desk.delivery(of: order) == nil)
    }

    @Test func `an approval that takes three days is waited for`() async throws {
        let order = try await desk.order("example.org", for: "4711")
        try await lab.engine.pass()
        time.advance(by: .seconds(3 * 86_400))
        try await lab.engine.pass()
        #expect(try await desk.news(of: order).hasPrefix("on its way"))

        ca.approve(try #require(ca.placedOrders.first))
        time.advance(by: .seconds(86_400))
        try await lab.engine.pass()
        #expect(try await desk.news(of: order) == "your certificate is there")
        let delivery = try #require(try await desk.delivery(of: order))
        #expect(String(decoding: delivery, as: UTF8.self).hasPrefix("-----BEGIN PRIVATE KEY-----"))
    }

    @Test func `a certificate for a key that is not ours is never delivered`() async throws {
        ca.mischief = [.wrongKey]
        let order = try await desk.order("example.org", for: "4711")
        try await lab.engine.pass()
        ca.approve(try #require(ca.placedOrders.first))
        time.advance(by: .seconds(86_400))
        try await lab.engine.pass()
        #expect(try await desk.news(of: order) == "we have to look into it")
        #expect(try await desk.delivery(of: order) == nil)
    }

    @Test func `the host hears of it when the CA blocks the account`() async throws {
        _ = try await desk.order("example.org", for: "4711")
        ca.mischief = [.accountRefused]
        try await lab.engine.pass()
        let pauses = lab.events.all.filter { if case .accountPaused = $0 { true } else { false } }
        #expect(pauses.count == 1)
    }
}
