// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import Testing

@testable import SQLiteRepository

/// Bits of the file that are turned behind SQLite's back, where the journal and its indexes lie.
struct JournalPageTests {
    private static let pageSize = 512
    /// `EVERY_BIT=1` turns each; otherwise one in so many, which are spread over all of them.
    private static let step = ProcessInfo.processInfo.environment["EVERY_BIT"] == nil ? 13 : 1

    /// A file with small pages, closed, and the pages that belong to the journal.
    private func file(in folder: TemporaryFolder) async throws -> [Int] {
        try await DatabaseQueue(path: folder.database).writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA page_size = \(Self.pageSize); CREATE TABLE a (b); DROP TABLE a")
        }
        let repository = try JournalBench.repository(folder.database)
        try await repository.commit { $0.journal = JournalBench.lines + JournalBench.lines }
        return try await repository.queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            return try Int.fetchAll(database, sql: "SELECT pageno FROM dbstat WHERE name GLOB 'journal*'")
        }
    }

    @Test func `a bit that is turned in the file is found, or changes nothing`() async throws {
        let folder = try TemporaryFolder()
        let pages = try await file(in: folder)
        #expect(pages.count >= 5)
        let before = try await JournalBench.verified(JournalBench.repository(folder.database))
        #expect(before.count == 8)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: folder.database))
        var (found, harmless) = (0, 0)
        for page in pages {
            for bit in stride(from: 0, to: Self.pageSize * 8, by: Self.step) {
                let place = UInt64((page - 1) * Self.pageSize + bit / 8)
                try file.seek(toOffset: place)
                let byte = try #require(try file.read(upToCount: 1)?.first)
                try write(byte ^ (1 << (bit % 8)), to: file, at: place)
                do {
                    let repository = try JournalBench.repository(folder.database)
                    let now = try await JournalBench.verified(repository)
                    #expect(now == before, "page \(page), bit \(bit)")
                    harmless += 1
                } catch {
                    found += 1
                }
                try write(byte, to: file, at: place)
            }
        }
        #expect(try await JournalBench.verified(JournalBench.repository(folder.database)) == before)
        #expect(found > 0 && harmless > 0, "\(found) were found, \(harmless) changed nothing")
        print("\(found) bits were found, \(harmless) changed nothing")
    }

    private func write(_ byte: UInt8, to file: FileHandle, at place: UInt64) throws {
        try file.seek(toOffset: place)
        try file.write(contentsOf: Data([byte]))
    }
}
