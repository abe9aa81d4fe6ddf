// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// A service that is not there.
struct ServiceAttentionTests {
    private func absent(_ told: ToldLab) async throws -> [Attention] {
        try await told.engine.attention(at: told.time.now()).filter { $0.kind == .serviceAbsent }
    }

    private func plan(_ told: ToldLab) async throws {
        var managed = ManagedCertificate(
            id: ManagedCertificateID("mgd_1"), account: "test", createdAt: told.time.now())
        managed.renewal = RenewalPlan(
            certificate: CertificateID("crt_1"), dueAt: told.time.now().addingTimeInterval(30 * 86400),
            reason: .expiring, note: "two thirds")
        var changes = ChangeSet()
        changes.puts = [.managed(managed)]
        try await told.repository.commit(changes)
    }

    @Test func `it is missed an hour after it was last seen, where a renewal is planned`() async throws {
        let told = try await ToldLab()
        try await plan(told)
        try await told.engine.keepWatch()
        try await told.live(minutes: 2)
        #expect(try await absent(told) == [])
        told.time.advance(by: .seconds(3500))
        #expect(try await absent(told) == [])
        told.time.advance(by: .seconds(200))
        let found = try #require(try await absent(told).first)
        #expect(found.severity == .warning && found.hint.contains("publicca run"))
        #expect(found.what == "the service is not there any more, though 1 renewal is planned")
        // One that comes back is there, and tells nobody that it was away.
        try await told.live(minutes: 1)
        #expect(try await absent(told) == [])
        #expect(try await told.repository.alerts().allSatisfy { $0.kind != "service.absent" })
    }

    @Test func `nobody misses it where nothing is planned and nothing is due`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        // What is asked now and then of a certificate is nothing that somebody waits for.
        _ = try await told.engine.order(Laboratory.wish())
        try await told.engine.pass()
        told.time.advance(by: .seconds(60 * 86400))
        #expect(try await absent(told) == [])
    }

    @Test func `an order that nobody works on is missed after an hour, unless its account rests`() async throws {
        let told = try await ToldLab()
        _ = try await told.engine.order(Laboratory.wish())
        #expect(try await absent(told) == [])
        told.time.advance(by: .seconds(3700))
        #expect(try await absent(told).first?.what.hasPrefix("nothing works unattended, though ord_") == true)
        _ = try await told.engine.pauseAccount("test")
        #expect(try await absent(told) == [])
    }

    @Test func `a clock that was ahead for a while does not silence it`() async throws {
        let told = try await ToldLab()
        try await told.engine.keepWatch()
        var item = try #require(try await told.repository.work(.alerts, task: WorkItem.life))
        item.due = told.time.now().addingTimeInterval(300 * 86400)
        var changes = ChangeSet()
        changes.work = [.put(item)]
        try await told.repository.commit(changes)
        #expect(try await told.engine.lastWatch() == nil)
        try await plan(told)
        #expect(try await absent(told).count == 1)
        // By whoever runs already, and by whoever starts.
        try await told.engine.keepSchedules()
        let again = try #require(try await told.repository.work(.alerts, task: WorkItem.life))
        #expect(again.due == told.time.now().addingTimeInterval(60))
        try await told.engine.keepWatch()
        #expect(try await told.repository.work(.alerts, task: WorkItem.life)?.due == told.time.now())
    }
}
