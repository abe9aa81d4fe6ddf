// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import Testing

@testable import SQLiteRepository

/// Whatever page of the file is spoilt, a look at all of it says so, and what can be worked out anew is.
struct DatabaseInspectionTests {
    private static let pageSize = 512

    /// A page of the file, and what it belongs to.
    private struct Place: Decodable, FetchableRecord {
        let name: String
        let pageno: Int
        let pagetype: String
    }

    /// A closed file with small pages, so that every kind of page is there.
    private func fill(_ folder: TemporaryFolder) async throws -> [Place] {
        try await DatabaseQueue(path: folder.database).writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA page_size = \(Self.pageSize); CREATE TABLE a (b); DROP TABLE a")
        }
        let repository = try JournalBench.repository(folder.database)
        try await repository.commit { changes in
            changes.puts = (100..<160).map { .order(Order.sample("ord_\($0)")) }
            changes.journal = JournalBench.lines
        }
        let places = try await repository.queue.writeWithoutTransaction { database in
            try Place.fetchAll(database, sql: "SELECT name, pageno, pagetype FROM dbstat ORDER BY pageno")
        }
        try await repository.finish()
        return places
    }

    private func inspect(_ path: String) throws(RepositoryError) -> DatabaseInspection {
        try DatabaseInspection(path: path, keyProof: "master-key", digest: JournalBench.digest)
    }

    @Test func `a sound file is sound, and counted`() async throws {
        let folder = try TemporaryFolder()
        _ = try await fill(folder)
        let inspection = try inspect(folder.database)
        #expect(inspection.damage.isEmpty && inspection.isCurrent && inspection.rows["orders"] == 60)
        #expect(inspection.journal?.sequence == JournalBench.lines.count)
    }

    @Test(arguments: [0xa5, 0x00, 0x0d])
    func `a page that is overwritten is told, and an index is made anew of its table`(_ byte: UInt8) async throws {
        let folder = try TemporaryFolder()
        let places = try await fill(folder)
        #expect(Set(places.map(\.pagetype)) == ["internal", "leaf", "overflow"])
        let file = URL(fileURLWithPath: folder.database)
        let sound = try Data(contentsOf: file)
        let whole = try inspect(folder.database)
        let copy = folder.database + ".copy"
        var healed = 0
        for place in places {
            var bytes = sound
            let range = (place.pageno - 1) * Self.pageSize..<place.pageno * Self.pageSize
            bytes.replaceSubrange(range, with: Data(repeating: byte, count: Self.pageSize))
            try bytes.write(to: file)
            do throws(RepositoryError) {
                let inspection = try inspect(folder.database)
                // Of a long body, SQLite keeps no more than its length: what is no JSON any more is counted.
                let isTold = !inspection.damage.isEmpty || inspection.unreadable["orders"] == 1
                #expect(isTold, "page \(place.pageno) of \(place.name)")
                #expect(inspection.damage.allSatisfy { !$0.contains("\n") })
                guard inspection.isOnlyInIndexes else { continue }
            } catch {
                // The first page says whose the file is and how it is built.
                #expect(place.name == "sqlite_schema", "page \(place.pageno) of \(place.name): \(error)")
                continue
            }
            await #expect(throws: Never.self, "page \(place.pageno) of \(place.name)") {
                try Data().write(to: URL(fileURLWithPath: copy))
                try await folder.repository().write(to: copy)
                #expect(try inspect(copy) == whole, "page \(place.pageno) of \(place.name)")
            }
            healed += 1
        }
        #expect(healed > 10)
    }
}
