// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// Hosts whose clocks do not agree, and clocks that are set while something is under way.
struct SkewedClockTests {
    private let time = TestTime()
    private let repository: MemoryRepository
    private let ca: MockCA

    init() {
        ca = MockCA(now: time.now)
        repository = MemoryRepository(now: time.now, digest: Fingerprint.sha256)
    }

    private func host(_ worker: String, ahead seconds: Double = 0) async throws -> LifecycleEngine {
        try await host(worker, ahead: { seconds })
    }

    private func host(_ worker: String, ahead seconds: @escaping @Sendable () -> Double) async throws -> LifecycleEngine
    {
        let time = time
        let engine = LifecycleEngine(
            repository: repository, accounts: SingleProvider(ca.provider), material: Material(),
            sealing: Sealer(MasterKey()), digest: Fingerprint.sha256,
            time: EngineTime(now: { time.now().addingTimeInterval(seconds()) }, clock: time.clock),
            options: EngineOptions(worker: worker))
        _ = try await engine.ensureAccount("test", provider: "test")
        return engine
    }

    private func rested(_ order: Order) async throws -> Bool {
        try #require(try await repository.order(order.id)).phase == .completed
    }

    @Test(arguments: [300.0, 86400, -300, -86400])
    func `a host whose clock differs does not take a purchase that does not show yet for none`(_ ahead: Double)
        async throws
    {
        let (first, second) = (try await host("one"), try await host("two", ahead: ahead))
        ca.mischief = [.lateVisibility]
        ca.play(.lostReply, times: 1)
        let order = try await first.order(Laboratory.wish())
        try await first.pass()
        #expect(ca.placedOrders.count == 1)
        for _ in 0..<400 where try await !rested(order) {
            try await second.pass()
            time.advance(by: .seconds(1))
            if ahead < 0 { try await first.pass() }
        }
        #expect(try await rested(order))
        #expect(ca.placedOrders.count == 1)
    }

    @Test(arguments: [300.0, 86400])
    func `what never arrived is bought by a host whose clock differs, once it has waited itself`(_ ahead: Double)
        async throws
    {
        let (first, second) = (try await host("one"), try await host("two", ahead: ahead))
        ca.play(.lostBeforeAcceptance, times: 1)
        let order = try await first.order(Laboratory.wish())
        try await first.pass()
        #expect(ca.placedOrders.isEmpty)
        try await second.pass()
        time.advance(by: .seconds(59))
        try await second.pass()
        #expect(ca.placedOrders.isEmpty)
        time.advance(by: .seconds(120))
        try await second.pass()
        #expect(try await rested(order))
        #expect(ca.placedOrders.count == 1)
    }

    /// A clock that somebody sets.
    private final class WrongClock: Sendable {
        private let days = Mutex(0.0)

        var ahead: Double { days.withLock { $0 * 86400 } }
        func set(to days: Double) { self.days.withLock { $0 = days } }
    }

    @Test(arguments: [[1, 0], [-1, 0], [1, -1, 0]] as [[Double]], [Mischief.lostReply, .lostBeforeAcceptance])
    func `a clock that is set by a day, forth and back, while an answer is lost, has one bought`(
        _ settings: [Double], _ fault: Mischief
    ) async throws {
        let clock = WrongClock()
        let engine = try await host("one", ahead: { clock.ahead })
        ca.play(fault, times: 1)
        let order = try await engine.order(Laboratory.wish())
        for days in settings {
            try await engine.pass()
            clock.set(to: days)
        }
        for _ in 0..<60 where try await !rested(order) {
            time.advance(by: .seconds(60))
            try await engine.pass()
        }
        // What was put off while the clock was ahead waits for that date, or for somebody who asks.
        if try await !rested(order) {
            _ = try await engine.hasten(order)
            try await engine.pass()
        }
        #expect(try await rested(order))
        #expect(ca.placedOrders.count == 1)
    }
}
