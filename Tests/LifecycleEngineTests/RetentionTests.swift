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

/// The journal is dropped only behind what somebody keeps elsewhere.
struct RetentionTests {
    private func lines(_ lab: JournalLab) async throws -> [JournalEntry] {
        try await lab.repository.journal(JournalQuery()).items
    }

    @Test func `nothing goes that was not exported, or is not old enough`() async throws {
        let lab = try await JournalLab(days: 30)
        let all = try await lines(lab)
        try await lab.prune()
        #expect(try await lines(lab) == all)
        let exported = try #require(all.first { $0.at > lab.time.now().addingTimeInterval(-25 * 86_400) })
        try await lab.engine.recordCheckpoint(JournalCheckpoint(exported))
        try await lab.prune()
        #expect(try await lines(lab).first?.sequence == exported.sequence + 1)
        #expect(try await lines(lab).last?.event == "pruned")

        try await lab.engine.recordCheckpoint(JournalCheckpoint(try #require(try await lines(lab).last)))
        try await lab.prune()
        let oldest = try #require(try await lines(lab).first?.at)
        #expect(abs(lab.time.now().timeIntervalSince(oldest) - 10 * 86_400) < 86_401)
        #expect(oldest >= lab.time.now().addingTimeInterval(-10 * 86_400))
    }

    @Test func `what is kept is bound to what is gone`() async throws {
        let lab = try await JournalLab(days: 30)
        try await lab.engine.recordCheckpoint(JournalCheckpoint(try #require(try await lines(lab).last)))
        try await lab.prune()
        let start = try #require(try await lab.engine.journalBounds().pruned)
        let first = try #require(try await lines(lab).first)
        #expect(first.sequence == start.sequence + 1)
        // The first line that is there carries on from the last one that is not.
        #expect(first.hash == JournalChain.hash(first, after: start.hash) { Fingerprint.sha256($0) })
    }

    @Test func `without an age everything stays`() async throws {
        let lab = try await JournalLab(days: 30, age: nil)
        let all = try await lines(lab)
        try await lab.engine.recordCheckpoint(JournalCheckpoint(try #require(all.last)))
        try await lab.prune()
        #expect(try await lines(lab).first == all.first)
    }

    @Test func `nothing goes that a channel has not told yet`() async throws {
        let lab = try await JournalLab(
            days: 30, channels: [NoticeChannel(name: "ops", means: .command(["/bin/true"]))])
        let all = try await lines(lab)
        try await lab.engine.recordCheckpoint(JournalCheckpoint(try #require(all.last)))
        try await lab.prune()
        #expect(try await lines(lab).first == all.first)
        var changes = ChangeSet()
        changes.puts = [.channel(ChannelRecord(name: "ops", sequence: 5, createdAt: lab.time.now()))]
        try await lab.repository.commit(changes)
        try await lab.prune()
        #expect(try await lines(lab).first?.sequence == 6)
    }
}

/// An installation that writes some lines a day.
private struct JournalLab {
    let time = TestTime()
    let repository: MemoryRepository
    let engine: LifecycleEngine

    init(days: Int, age: Duration? = .seconds(10 * 86_400), channels: [NoticeChannel] = []) async throws {
        var options = EngineOptions(worker: "one")
        options.journalAge = age
        options.schedules.retention = Schedule(every: .seconds(3600))
        repository = MemoryRepository(now: time.now, digest: Fingerprint.sha256)
        engine = LifecycleEngine(
            repository: repository, accounts: SingleProvider(MockCA(now: time.now).provider), material: Material(),
            sealing: Sealer(MasterKey()), digest: Fingerprint.sha256, notifying: Telling(channels: channels),
            time: EngineTime(now: time.now, clock: time.clock), options: options)
        _ = try await engine.addAccount(
            AccountRecord(name: "test", provider: "test", settings: [:], secrets: [:], createdAt: time.now()))
        try await engine.keepSchedules()
        for _ in 0..<days {
            time.advance(by: .seconds(86_400))
            _ = try await engine.pauseAccount("test")
            _ = try await engine.resumeAccount("test")
        }
    }

    func prune() async throws {
        time.advance(by: .seconds(3600))
        try await engine.pass(.host)
    }
}

/// Has channels, and nothing to say.
private struct Telling: Notifying {
    var channels: [NoticeChannel]

    func deliver(_ notice: Notice, to channel: NoticeChannel) async throws(DeliveryFailure) {}
}
