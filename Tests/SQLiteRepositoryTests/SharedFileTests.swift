// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import SQLiteRepository
import Testing

struct SharedFileTests {
    @Test func `many who make one file at the same time all find it ready`() async throws {
        let folder = try TemporaryFolder()
        let repositories = try await withThrowingTaskGroup(of: SQLiteRepository.self) { group in
            for _ in 1...12 { group.addTask { try folder.repository() } }
            return try await group.reduce(into: [SQLiteRepository]()) { $0.append($1) }
        }
        #expect(repositories.count == 12)
        for repository in repositories { #expect(try await repository.counts() == Counts()) }
    }

    @Test func `four connections claim and commit on one file, and none is turned away`() async throws {
        let folder = try TemporaryFolder()
        let count = 400
        try await folder.repository().commit { changes in
            changes.work = (1...count).map { number in
                .put(
                    WorkItem(
                        subject: .order(OrderID("ord_\(number)")), account: "main", step: "submit",
                        due: Date(timeIntervalSince1970: 0)))
            }
        }
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 1...4 {
                group.addTask {
                    let repository = try folder.repository()
                    var done = 0
                    while let item = try await claim(repository, "worker \(worker)") {
                        try await finish(item, repository)
                        done += 1
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        let repository = try folder.repository()
        var all = JournalQuery()
        all.limit = count + 1
        let lines = try await repository.journal(all).items
        #expect(done == count)
        #expect(try await repository.counts().orders == [.drafted: count])
        #expect(lines.map(\.sequence) == Array(1...count))
        #expect(Set(lines.map(\.subject)).count == count)
        #expect(try await repository.work(after: nil, limit: 1).items.isEmpty)
    }

    @Test func `a file that was moved away is worked on no more`() async throws {
        let folder = try TemporaryFolder()
        let repository = try folder.repository()
        #expect(try await claim(repository, "one") == nil)
        try FileManager.default.moveItem(atPath: folder.database, toPath: folder.database + ".old")
        await #expect(throws: RepositoryError.self) { try await claim(repository, "one") }
        _ = try folder.repository()
        await #expect(throws: RepositoryError.self) { try await claim(repository, "one") }
    }

    private func claim(_ repository: SQLiteRepository, _ worker: String) async throws -> WorkItem? {
        try await repository.claim(
            WorkClaim(worker: worker, limit: 1, length: .seconds(600), dueBy: Date())
        ).first
    }

    private func finish(_ item: WorkItem, _ repository: SQLiteRepository) async throws {
        try await repository.commit { changes in
            changes.claimed = item
            changes.puts = [.order(Order.sample(item.subject.id))]
            changes.work = [.remove(item.subject, task: item.task)]
            changes.journal = [
                JournalEntry(
                    at: Date(), subject: item.subject, name: nil, event: "drafted", detail: "", actor: .run)
            ]
        }
    }
}
