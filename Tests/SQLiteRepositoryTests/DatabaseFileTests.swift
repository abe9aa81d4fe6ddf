// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import PublicCA
import Testing

@testable import SQLiteRepository

struct DatabaseFileTests {
    /// A file that must be refused, how it comes about, and what the sentence has to say beside its path.
    enum Refused: String, CaseIterable {
        case text, foreign, foreignWithIdentity, newer, damagedHeader

        func make(_ folder: TemporaryFolder) throws {
            let url = URL(fileURLWithPath: folder.database)
            switch self {
            case .text:
                try Data(String(repeating: "not a database at all. ", count: 300).utf8).write(to: url)
            case .foreign:
                try statements("CREATE TABLE bookmarks (url TEXT)", in: folder)
            case .foreignWithIdentity:
                try statements("PRAGMA application_id = 252006673; CREATE TABLE places (name TEXT)", in: folder)
            case .newer:
                _ = try folder.repository()
                try statements("PRAGMA user_version = 1000", in: folder)
            case .damagedHeader:
                _ = try folder.repository()
                var bytes = try Data(contentsOf: url)
                bytes.replaceSubrange(0..<64, with: Data(repeating: 0x2a, count: 64))
                try bytes.write(to: url)
            }
        }

        private func statements(_ sql: String, in folder: TemporaryFolder) throws {
            try DatabaseQueue(path: folder.database).writeWithoutTransaction { try $0.execute(sql: sql) }
        }

        var word: String {
            switch self {
            case .text, .damagedHeader: "is not a database"
            case .foreign, .foreignWithIdentity: "another program"
            case .newer: "newer version"
            }
        }
    }

    @Test(arguments: Refused.allCases)
    func `a file that is not ours to read is refused in one sentence and left as it was`(_ file: Refused) throws {
        let folder = try TemporaryFolder()
        try file.make(folder)
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.database))
        #expect {
            try folder.repository()
        } throws: { error in
            guard case RepositoryError.unreadable(let sentence) = error else { return false }
            return sentence.contains(folder.database) && sentence.contains(file.word) && !sentence.contains("\n")
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.database)) == before)
    }

    @Test func `a page that is damaged is noticed when it is read`() async throws {
        let folder = try TemporaryFolder()
        try await folder.repository().commit { changes in
            changes.puts = (100..<300).map { .order(Order.sample("ord_\($0)")) }
        }
        let url = URL(fileURLWithPath: folder.database)
        var bytes = try Data(contentsOf: url)
        bytes.replaceSubrange(4096 * 2..<bytes.count, with: Data(repeating: 0xff, count: bytes.count - 4096 * 2))
        try bytes.write(to: url)
        await #expect {
            try await folder.repository().orders(OrderQuery())
        } throws: { error in
            guard case RepositoryError.unreadable(let sentence) = error else { return false }
            return sentence == "\(folder.database) is damaged"
        }
    }

    @Test(arguments: ["", "missing/", "lifecycle.sqlite/"])
    func `a place that cannot be opened is named`(_ place: String) throws {
        let folder = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: folder.database))
        let path = folder.url.path + "/" + place + (place.isEmpty ? "" : "file")
        #expect {
            try SQLiteRepository(path: path, now: { Date() }, digest: { _ in "" })
        } throws: { error in
            guard case RepositoryError.unavailable(let sentence) = error else { return false }
            return sentence.contains(path)
        }
    }

    @Test func `a file whose maker was killed before its first commit is taken up`() throws {
        let empty = try TemporaryFolder()
        try Data().write(to: URL(fileURLWithPath: empty.database))
        _ = try empty.repository()
        let begun = try TemporaryFolder()
        try DatabaseQueue(path: begun.database).writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL")
        }
        _ = try begun.repository()
    }

    @Test func `a file of an older version is brought forward, and keeps what it held`() async throws {
        let folder = try TemporaryFolder()
        try await DatabaseQueue(path: folder.database).write { database in
            let first = Schema.migrations[0]
            try database.execute(sql: first.statements)
            try database.execute(sql: "INSERT INTO migrations (name) VALUES (?)", arguments: [first.name])
            try database.execute(sql: "INSERT INTO counts (kind, key, count) VALUES ('order', 'stuck', 3)")
            try database.execute(sql: "PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 1")
        }
        let repository = try folder.repository()
        #expect(try await repository.counts().orders == [.stuck: 3])
        let names = try await repository.queue.read { try String.fetchAll($0, sql: "SELECT name FROM migrations") }
        #expect(Set(names) == Set(Schema.migrations.map(\.name)))
    }

    @Test func `migrations have names of their own`() {
        #expect(Set(Schema.migrations.map(\.name)).count == Schema.migrations.count)
    }

    @Test func `a disk without room is said to be full, and nothing is changed`() async throws {
        let repository = try TemporaryFolder().repository()
        try await repository.queue.writeWithoutTransaction { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages)")
        }
        await #expect(throws: RepositoryError.unavailable("no room is left for \(repository.path)")) {
            try await repository.commit { changes in
                changes.puts = (1...200).map { .order(Order.sample("ord_\($0)")) }
            }
        }
        #expect(try await repository.orders(OrderQuery()).items.isEmpty)
        #expect(try await repository.counts() == Counts())
    }
}
