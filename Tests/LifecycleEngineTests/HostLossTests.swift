// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// A host that dies, or is too slow, in the middle of a step.
struct HostLossTests {
    /// What a host has on record when it dies between its intent and the answer.
    private func dies(_ lab: ScriptedLab, with order: Order) async throws -> WorkItem {
        let claim = WorkClaim(worker: "dead", limit: 1, length: .seconds(120), dueBy: lab.time.now())
        let claimed = try #require(try await lab.repository.claim(claim).first)
        var intended = order
        try intended.intend(.submit, at: lab.time.now(), policy: OrderPolicy())
        var item = claimed
        item.step = intended.afterSilence(of: .submit).rawValue
        item.due = try #require(item.lease).until
        var changes = ChangeSet()
        changes.claimed = claimed
        changes.puts = [.order(intended)]
        changes.work = [.put(item)]
        try await lab.repository.commit(changes)
        return item
    }

    @Test func `its work goes to another when the lease ends, who looks and does not buy`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.drafted, .submit)
        _ = try await dies(lab, with: order)
        lab.ca.set {
            $0.locate = [.success(.found(OrderReference("7")))]
            $0.order = { _ in .success(.scripted(.processing)) }
        }
        let rival = lab.rival()
        lab.time.advance(by: .seconds(119))
        #expect(try await rival.pass(.order(order.id)) == 0)
        lab.time.advance(by: .seconds(2))
        try await rival.pass(.order(order.id))
        #expect(lab.ca.calls.first == "locate" && !lab.ca.calls.contains("place"))
        #expect(try await lab.current(order).reference == OrderReference("7"))
    }

    @Test func `an answer that comes after the lease has gone is dropped`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.drafted, .submit)
        let late = try await dies(lab, with: order)
        lab.ca.set {
            $0.locate = [.success(.found(OrderReference("7")))]
            $0.order = { _ in .success(.scripted(.processing)) }
        }
        lab.time.advance(by: .seconds(121))
        try await lab.rival().pass(.order(order.id))
        let current = try await lab.current(order)
        var stale = current
        stale.revision = order.revision + 1
        _ = try? stale.receive(
            .placeFailed(.refused), at: lab.time.now(), policy: OrderPolicy())
        var changes = ChangeSet()
        changes.claimed = late
        changes.puts = [.order(stale)]
        await #expect(throws: RepositoryError.self) { try await lab.repository.commit(changes) }
        #expect(try await lab.current(order) == current)
    }

    @Test func `a person's wish takes the work from whoever is at it`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.set { $0.order = { _ in .success(.scripted(.cancelled)) } }
        let order = try await lab.seed(.placed, .finalize, reference: "7")
        let claim = WorkClaim(worker: "other", limit: 1, length: .seconds(120), dueBy: lab.time.now())
        let held = try #require(try await lab.repository.claim(claim).first)
        _ = try await lab.engine.cancel(order.id, comments: "moved")
        var changes = ChangeSet()
        changes.claimed = held
        changes.work = [.remove(held.subject, task: held.task)]
        await #expect(throws: RepositoryError.self) { try await lab.repository.commit(changes) }
        try await lab.engine.pass(.order(order.id))
        #expect(lab.ca.calls == ["cancel"])
        #expect(try await lab.current(order).phase == .cancelled)
    }

    @Test func `a host that is asked to stop waits for the answer to its purchase`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.drafted, .submit)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        lab.ca.set {
            $0.place = [.success(OrderReference("7"))]
            $0.whilePlacing = {
                stop.finish()
                // Long enough for the stop to arrive.
                for _ in 0..<100 { await Task.yield() }
            }
        }
        let working = Task { _ = try await lab.engine.pass(.order(order.id)) }
        for await _ in stops {}
        working.cancel()
        try await working.value
        #expect(try await lab.current(order).reference == OrderReference("7"))
    }

    @Test func `a host that is asked to stop begins no purchase`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.drafted, .submit)
        let working = Mutex<Task<Void, any Error>?>(nil)
        let stopped = lab.rival(whileOpening: {
            // The pass may be faster than the line below, which says what to stop.
            while working.withLock({ $0 == nil }) {}
            working.withLock { $0?.cancel() }
        })
        let pass = Task { _ = try await stopped.pass(.order(order.id)) }
        working.withLock { $0 = pass }
        try await pass.value
        #expect(lab.ca.calls == [])
        #expect(try await lab.current(order).phase == .drafted)
    }

    @Test func `a step that does not fit the order is replaced by one that does`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.set { $0.order = { _ in .success(.scripted(.processing)) } }
        let order = try await lab.seed(.placed, .submit, reference: "7")
        try await lab.engine.pass(.order(order.id))
        #expect(lab.ca.calls == ["order"])
        #expect(try await lab.repository.work(.order(order.id), task: WorkItem.life) != nil)
    }

    @Test func `work of a newer version stays where it is`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.placed, reference: "7")
        let deployment = Subject(kind: "deployment", id: "dep_1")
        var changes = ChangeSet()
        changes.work = [
            .put(WorkItem(subject: deployment, account: "main", step: "publish", due: lab.time.now())),
            .put(WorkItem(subject: .order(order.id), account: "main", step: "notarize", due: lab.time.now())),
        ]
        try await lab.repository.commit(changes)
        try await lab.engine.pass()
        #expect(try await lab.repository.work(deployment, task: WorkItem.life)?.step == "publish")
        #expect(try await lab.repository.work(.order(order.id), task: WorkItem.life)?.step == "notarize")
        #expect(lab.ca.calls == [])
    }
}
