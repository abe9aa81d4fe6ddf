// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// Catalogs of many pages, and of rows that cannot be read.
struct CatalogPagesTests {
    private func names(_ lab: EngineLab, isVanished: Bool) async throws -> [String] {
        var query = CatalogQuery(account: "test", kind: .domains)
        query.withVanished = true
        return try await lab.repository.catalog(query).items
            .filter { ($0.vanishedAt != nil) == isVanished }.map(\.item.name).sorted()
    }

    @Test func `a catalog may take longer than a lease, and nobody else takes it up meanwhile`() async throws {
        let store = Mutex<MemoryRepository?>(nil)
        let stolen = Mutex(0)
        let desk = ListedCA { desk in
            guard let repository = store.withLock({ $0 }) else { return }
            desk.time.advance(by: .seconds(50))
            let claim = WorkClaim(worker: "two", limit: 8, length: .seconds(120), dueBy: desk.time.now(), subject: nil)
            let taken = (try? await repository.claim(claim)) ?? []
            stolen.withLock { $0 += taken.count }
        }
        let lab = try await desk.engine()
        desk.write { script in
            script.domains = (0..<6).map { Page(items: [.named("d\($0).example")], next: nil) }
        }
        store.withLock { $0 = lab.repository }
        let account = try await desk.sync(lab)
        #expect(account?.syncFailure == nil && stolen.withLock { $0 } == 0)
        #expect(account?.lastSync[.domains] == desk.time.now())
        #expect(try await names(lab, isVanished: false) == (0..<6).map { "d\($0).example" })
        #expect(try await lab.repository.work(.account("test"), task: WorkItem.life) == nil)
    }

    @Test func `a row that cannot be read is told, and what is kept of it does not vanish`() async throws {
        let desk = ListedCA()
        let lab = try await desk.engine()
        desk.write {
            $0.domains = [Page(items: [.named("a.example"), .named("b.example"), .named("c.example")], next: nil)]
        }
        _ = try await desk.sync(lab)
        let odd = UnreadableRow(reference: "b.example", reason: "state is missing")
        desk.write { $0.domains = [Page(items: [.named("a.example")], next: nil, unreadable: [odd])] }
        let account = try await desk.sync(lab)
        #expect(account?.unreadable == [.domains: [odd]])
        #expect(try await names(lab, isVanished: true) == ["c.example"])
        let line = try await lab.repository.journal(JournalQuery()).items.last { $0.event == "synced" }
        #expect(line?.detail == "domains, 1 listed, 1 could not be read, the first is b.example: state is missing")
        desk.write { $0.domains = [Page(items: [.named("a.example")], next: nil)] }
        #expect(try await desk.sync(lab)?.unreadable == nil)
        #expect(try await names(lab, isVanished: true) == ["b.example", "c.example"])
    }

    @Test func `while a row has no name that can be read, nothing vanishes`() async throws {
        let desk = ListedCA()
        let lab = try await desk.engine()
        desk.write { $0.domains = [Page(items: [.named("a.example"), .named("b.example")], next: nil)] }
        _ = try await desk.sync(lab)
        let odd = UnreadableRow(reference: "", reason: "id is missing")
        desk.write { $0.domains = [Page(items: [], next: nil, unreadable: [odd])] }
        _ = try await desk.sync(lab)
        #expect(try await names(lab, isVanished: false) == ["a.example", "b.example"])
    }

    @Test func `a list that leads back to an earlier page is a failure, and nothing is written`() async throws {
        let desk = ListedCA()
        let lab = try await desk.engine()
        desk.write { $0.domains = [Page(items: [.named("a.example")], next: PageCursor("0"))] }
        let account = try await desk.sync(lab)
        #expect(account?.syncFailure?.problem == "the list of domains leads back to an earlier page")
        #expect(try await names(lab, isVanished: false).isEmpty)
    }

    @Test func `an empty list of profiles is told, and leaves what was known`() async throws {
        let desk = ListedCA()
        let lab = try await desk.engine()
        _ = try await desk.sync(lab)
        let query = CatalogQuery(account: "test", kind: .profiles)
        let known = try await lab.repository.catalog(query).items.count
        desk.write { $0.hasNoProfiles = true }
        let account = try await desk.sync(lab)
        #expect(account?.syncFailure == nil)
        #expect(account?.unreadable?[.profiles]?.map(\.reason) == ["the CA lists none at all"])
        #expect(try await lab.repository.catalog(query).items.count == known && known > 0)
        desk.write { $0.hasNoProfiles = false }
        #expect(try await desk.sync(lab)?.unreadable == nil)
    }

    @Test func `organizations come in pages too`() async throws {
        let desk = ListedCA()
        let lab = try await desk.engine()
        desk.write { script in
            script.organizations = (1...3).map {
                Page(items: [Organization(id: OrganizationID("\($0)"), name: "O\($0)")], next: nil)
            }
        }
        _ = try await desk.sync(lab)
        let query = CatalogQuery(account: "test", kind: .organizations)
        #expect(try await lab.repository.catalog(query).items.count == 3)
    }
}
