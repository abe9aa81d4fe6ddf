// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// One thing that goes wrong is one thing that is told.
struct OutageTests {
    private func drafted(_ count: Int, _ told: ToldLab) async throws {
        for number in 0..<count { _ = try await told.engine.order(Laboratory.wish("n\(number).example.org")) }
    }

    @Test func `an outage with three hundred orders is one message, and its end another`() async throws {
        let told = try await ToldLab(Inbox("ops", severity: .warning))
        try await drafted(300, told)
        try await told.engine.keepWatch()
        told.ca.play(.rateLimit, times: 1_000_000)
        try await told.live(minutes: 60)
        #expect(told.inbox.taken.count == 1, "\(told.inbox.events)")
        let event = try #require(told.inbox.events.first)
        #expect(event.kind == "account.unreachable" && event.severity == .warning && !event.isOver)
        #expect(event.text.contains("300 orders wait"), "\(event.text)")
        told.ca.mischief = []
        try await told.live(minutes: 120)
        #expect(try await told.repository.counts().orders == [.completed: 300])
        #expect(told.inbox.events.map(\.isOver) == [false, true])
        #expect(told.inbox.taken.count == 2)
    }

    @Test func `a refused account is one message, whatever waits for it`() async throws {
        let told = try await ToldLab(Inbox("ops", severity: .warning))
        try await drafted(300, told)
        try await told.engine.keepWatch()
        told.ca.mischief = [.accountRefused]
        try await told.live(minutes: 5 * 24 * 60 / 60)
        told.time.advance(by: .seconds(5 * 86400))
        try await told.live(minutes: 5)
        #expect(told.inbox.events.map(\.kind) == ["account.paused"], "\(told.inbox.events)")
        #expect(told.inbox.events.first?.text.contains("300 orders wait") == true, "\(told.inbox.events)")
        #expect(told.inbox.events.first?.severity == .critical)
        told.ca.mischief = []
        _ = try await told.engine.resumeAccount("test")
        try await told.live(minutes: 90)
        #expect(told.inbox.events.map(\.isOver) == [false, true])
    }

    @Test func `an order that waited too long is not over when its account is paused`() async throws {
        let told = try await ToldLab(Inbox("ops", severity: .warning))
        _ = try await told.engine.order(Laboratory.wish(profile: "Mock Endless"))
        try await told.engine.keepWatch()
        try await told.live(minutes: 5)
        told.time.advance(by: .seconds(4 * 86400))
        try await told.live(minutes: 5)
        #expect(told.inbox.events.map(\.kind) == ["order.waiting"], "\(told.inbox.events)")
        _ = try await told.engine.pauseAccount("test")
        try await told.live(minutes: 90)
        #expect(told.inbox.events.map(\.kind) == ["order.waiting", "account.paused"], "\(told.inbox.events)")
        #expect(told.inbox.events.allSatisfy { !$0.isOver })
        _ = try await told.engine.resumeAccount("test")
        try await told.live(minutes: 90)
        #expect(told.inbox.events.filter(\.isOver).map(\.kind) == ["account.paused"], "\(told.inbox.events)")
    }

    @Test func `a record that cannot be read does not end the pass`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        let engine = LifecycleEngine(
            repository: DamagedRepository(inner: told.repository), accounts: SingleProvider(told.ca.provider),
            material: Material(), sealing: Sealer(MasterKey()), digest: Fingerprint.sha256,
            time: EngineTime(now: told.time.now, clock: told.time.clock))
        #expect(try await engine.pass(.alerts) == 1)
        let next = try await told.repository.work(.alerts, task: WorkItem.life)
        #expect(next?.due == told.time.now().addingTimeInterval(60))
    }
}

private struct DamagedRepository: ForwardingRepository {
    let inner: MemoryRepository

    func accounts() async throws(RepositoryError) -> [AccountRecord] { throw .unreadable("account test is damaged") }
}
