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

/// What an engine does without being asked.
struct DutyTests {
    private static let duties = AccountDuty.allCases.map(\.rawValue)

    private func due(_ task: String, _ lab: Laboratory) async throws -> Date? {
        try await lab.repository.work(.account("test"), task: task)?.due
    }

    @Test func `every account has its duties, at dates that a restart does not move`() async throws {
        let lab = try await Laboratory()
        try await lab.engine.keepSchedules()
        var dates: [String: Date] = [:]
        for duty in Self.duties {
            let date = try #require(try await due(duty, lab))
            #expect(date > lab.time.now())
            dates[duty] = date
        }
        lab.time.advance(by: .seconds(60))
        try await lab.rival().keepSchedules()
        for duty in Self.duties { #expect(try await due(duty, lab) == dates[duty]) }
        try await lab.engine.removeAccount("test")
        for duty in Self.duties { #expect(try await due(duty, lab) == nil) }
    }

    @Test func `catalogs that were never read are due at once`() async throws {
        let lab = try await Laboratory()
        _ = try await lab.engine.addAccount(
            AccountRecord(name: "new", provider: "test", settings: [:], secrets: [:], createdAt: lab.time.now()))
        try await lab.engine.keepSchedules()
        try await lab.engine.pass()
        #expect(try await lab.repository.account("new")?.lastSync.isEmpty == false)
        let due = try #require(try await lab.repository.work(.account("new"), task: "catalogs")?.due)
        #expect(due > lab.time.now())
    }

    @Test func `a schedule that comes sooner brings a duty forward, and one that comes later does not put it off`()
        async throws
    {
        var options = EngineOptions(worker: "one")
        let lab = try await Laboratory(options: options)
        try await lab.engine.keepSchedules()
        let daily = try #require(try await due("orders", lab))
        options.schedules.orders = Schedule(every: .seconds(60))
        try await EngineLab(ca: lab.ca, time: lab.time, options: options, repository: lab.repository).engine
            .keepSchedules()
        let soon = try #require(try await due("orders", lab))
        #expect(soon < daily && soon <= lab.time.now().addingTimeInterval(60))
        try await lab.engine.keepSchedules()
        #expect(try await due("orders", lab) == soon)
    }

    @Test func `catalogs are read by schedule, and the journal says so`() async throws {
        let lab = try await Laboratory()
        try await lab.engine.keepSchedules()
        let first = try #require(try await lab.repository.account("test")?.lastSync[.profiles])
        lab.time.advance(by: .seconds(7 * 86_400))
        try await lab.engine.pass()
        #expect(try #require(try await lab.repository.account("test")?.lastSync[.profiles]) > first)
        var query = JournalQuery()
        query.subject = .account("test")
        let lines = try await lab.repository.journal(query).items
        #expect(lines.contains { $0.event == "sync" && $0.actor == .schedule })
    }

    @Test func `every open order is looked at within the hour after the sweep`() async throws {
        let lab = try await Laboratory()
        let endless = try await lab.engine.order(Laboratory.wish(profile: "Mock Endless"))
        try await lab.engine.pass()
        // As after a long wait: the CA is asked once a day.
        var item = try #require(try await lab.repository.work(.order(endless.id), task: WorkItem.life))
        item.due = lab.time.now().addingTimeInterval(30 * 86_400)
        var changes = ChangeSet()
        changes.work = [.put(item)]
        try await lab.repository.commit(changes)
        try await lab.engine.keepSchedules()
        lab.time.advance(by: .seconds(86_400))
        try await lab.engine.pass()
        let due = try #require(try await lab.repository.work(.order(endless.id), task: WorkItem.life)?.due)
        #expect(due >= lab.time.now() && due < lab.time.now().addingTimeInterval(3600))
    }

    @Test func `each live certificate is looked at once a round, never all at the same time`() async throws {
        let lab = try await Laboratory()
        var ids: [CertificateID] = []
        for number in 0..<12 { ids.append(try await lab.issued("n\(number).example.org").id) }
        try await lab.engine.keepSchedules()
        lab.time.advance(by: .seconds(86_400))
        try await lab.engine.pass()
        var dates: [Date] = []
        for id in ids {
            dates.append(try #require(try await lab.repository.work(.certificate(id), task: WorkItem.life)?.due))
        }
        #expect(Set(dates).count == ids.count)
        #expect(dates.allSatisfy { (0..<86_400).contains($0.timeIntervalSince(lab.time.now())) })
        let next = try #require(try await due("revocations", lab))
        #expect(next > lab.time.now())
        let asked = lab.ca.calls(.certificate)
        lab.time.advance(by: .seconds(86_399))
        try await lab.engine.pass()
        #expect(lab.ca.calls(.certificate) - asked >= ids.count)
    }

    @Test func `a walk goes on where another host left it`() async throws {
        let lab = try await Laboratory()
        let ids = [try await lab.issued("a.example.org").id, try await lab.issued("b.example.org").id].map(\.rawValue)
        let (first, second) = (CertificateID(try #require(ids.min())), CertificateID(try #require(ids.max())))
        var changes = ChangeSet()
        changes.work = [
            .put(
                WorkItem(
                    subject: .account("test"), task: "revocations", account: "test", step: "sweep:\(first)",
                    due: lab.time.now()))
        ]
        try await lab.repository.commit(changes)
        try await lab.engine.pass()
        #expect(try await lab.repository.work(.certificate(first), task: WorkItem.life) == nil)
        #expect(try await lab.repository.work(.certificate(second), task: WorkItem.life) != nil)
        #expect(try await lab.repository.work(.account("test"), task: "revocations")?.step == "revocations")
    }

    @Test func `what is planned for another day does not keep an engine from being idle`() async throws {
        let lab = try await Laboratory()
        _ = try await lab.issued()
        try await lab.engine.keepSchedules()
        #expect(try await lab.engine.untilIdle(within: .seconds(100_000)))
    }
}
