// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// An engine that is asked to stop.
struct StoppingTests {
    @Test func `what was claimed and not begun is given back at once`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.placed, .poll, reference: "7")
        let engine = lab.engine(over: StoppingRepository(inner: lab.repository))
        try await Task { _ = try await engine.pass() }.value
        #expect(lab.ca.calls == [])
        let item = try #require(try await lab.repository.work(.order(order.id), task: WorkItem.life))
        #expect(item.lease == nil && item.due <= lab.time.now())
        lab.ca.set { $0.order = { _ in .success(.scripted(.processing)) } }
        try await lab.rival().pass()
        #expect(lab.ca.calls == ["order"])
    }

    @Test func `an answer to a question that was asked before is waited for, where there is patience`() async throws {
        var options = EngineOptions(worker: "one")
        options.readGrace = .seconds(5)
        let lab = try await ScriptedLab(options: options)
        let order = try await lab.seed(.placed, .poll, reference: "7")
        let working = Mutex<Task<Void, any Error>?>(nil)
        lab.ca.set {
            $0.order = { _ in
                working.withLock { $0?.cancel() }
                return .success(.scripted(.cancelled))
            }
        }
        let gate = AsyncStream.makeStream(of: Void.self)
        let pass = Task {
            for await _ in gate.stream {}
            _ = try await lab.engine.pass()
        }
        working.withLock { $0 = pass }
        gate.continuation.finish()
        try await pass.value
        #expect(try await lab.current(order).phase == .cancelled)
    }
}

/// Whoever claims is asked to stop.
private struct StoppingRepository: ForwardingRepository {
    let inner: MemoryRepository

    func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        let items = try await inner.claim(request)
        withUnsafeCurrentTask { $0?.cancel() }
        return items
    }
}
