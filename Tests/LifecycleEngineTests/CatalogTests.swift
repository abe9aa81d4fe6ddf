// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// Reading what a CA offers.
struct CatalogTests {
    @Test func `all three catalogs are read one after the other`() async throws {
        let lab = try await Laboratory()
        let before = lab.ca.calls(.profiles)
        try await lab.engine.syncCatalogs(account: "test")
        #expect(try await lab.engine.pass(.account("test")) == 3)
        #expect(lab.ca.calls(.profiles) == before + 1)
        let account = try #require(try await lab.repository.account("test"))
        #expect(Set(account.lastSync.keys) == [.profiles, .organizations, .domains])
        #expect(account.syncFailure == nil)
        #expect(try await lab.repository.work(.account("test"), task: WorkItem.life) == nil)
    }

    @Test func `asking twice reads once`() async throws {
        let lab = try await Laboratory()
        let before = lab.ca.calls(.profiles)
        try await lab.engine.syncCatalogs(account: "test")
        try await lab.engine.syncCatalogs(account: "test")
        try await lab.engine.pass()
        #expect(lab.ca.calls(.profiles) == before + 1)
    }

    @Test func `a catalog that cannot be read now is read later, and says so meanwhile`() async throws {
        let lab = try await Laboratory()
        lab.ca.play(.rateLimit, times: 1)
        try await lab.engine.syncCatalogs(account: "test")
        try await lab.engine.pass(.account("test"))
        let failure = try #require(try await lab.repository.account("test")?.syncFailure)
        #expect(!failure.isFinal)
        #expect(failure.failures.count == 1)
        let item = try #require(try await lab.repository.work(.account("test"), task: WorkItem.life))
        #expect(item.due > lab.time.now())
        lab.time.advance(by: .seconds(120))
        try await lab.engine.pass(.account("test"))
        #expect(try await lab.repository.account("test")?.syncFailure == nil)
        #expect(try await lab.repository.work(.account("test"), task: WorkItem.life) == nil)
    }

    @Test func `a refused account is paused, and the reading goes on after it`() async throws {
        let lab = try await Laboratory()
        lab.ca.play(.accountRefused, times: 1)
        try await lab.engine.syncCatalogs(account: "test")
        try await lab.engine.pass(.account("test"))
        #expect(try await lab.repository.account("test")?.isPaused == true)
        await #expect(throws: LifecycleError.self) { try await lab.engine.syncCatalogs(account: "test") }
        _ = try await lab.engine.resumeAccount("test")
        #expect(try await lab.engine.pass(.account("test")) == 3)
    }

    @Test func `a removed account takes its reading along`() async throws {
        let lab = try await Laboratory()
        try await lab.engine.syncCatalogs(account: "test")
        try await lab.engine.removeAccount("test")
        #expect(try await lab.repository.work(after: nil, limit: 10).items.isEmpty)
    }

    @Test func `a removed account takes along what its provider remembers, and nobody else's`() async throws {
        let lab = try await Laboratory()
        var changes = ChangeSet()
        changes.puts = ["test", "other"].map {
            .memory(MemoryRecord(account: $0, name: "token", revision: 0, sealed: Data("t".utf8)))
        }
        try await lab.repository.commit(changes)
        try await lab.engine.removeAccount("test")
        #expect(try await lab.repository.memories(account: "test") == [])
        #expect(try await lab.repository.memories(account: "other").count == 1)
    }
}
