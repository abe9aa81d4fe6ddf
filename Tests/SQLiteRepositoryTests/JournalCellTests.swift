// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import LifecycleModel
import PublicCA
import Testing

@testable import SQLiteRepository

/// Somebody who can write the database changes what is in the journal's cells.
struct JournalCellTests {
    private let folder: TemporaryFolder
    private let repository: SQLiteRepository
    private static let texts = ["kind", "subject", "name", "folded_name", "event", "detail", "actor", "answer", "hash"]

    init() async throws {
        folder = try TemporaryFolder()
        repository = try JournalBench.repository(folder.database)
        // Thousands of small commits, none of which has to survive.
        try repository.queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
        try await repository.commit { $0.journal = JournalBench.lines }
        #expect(try await JournalBench.verified(repository).count == 4)
    }

    private func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
        try repository.queue.inDatabase { try $0.execute(sql: sql, arguments: arguments) }
    }

    private func fault() async -> String? {
        do {
            _ = try await JournalBench.verified(repository)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: texts) func `any bit of a text that is turned is found in its line`(_ column: String) async throws
    {
        let cells = try repository.queue.inDatabase { database in
            try Row.fetchAll(
                database, sql: "SELECT sequence, CAST(\(column) AS BLOB) FROM journal WHERE \(column) IS NOT NULL")
        }
        let change = "UPDATE journal SET \(column) = CAST(? AS TEXT) WHERE sequence = ?"
        var count = 0
        for cell in cells {
            let (line, bytes): (Int, Data) = (cell[0], cell[1])
            for bit in 0..<bytes.count * 8 {
                var changed = bytes
                changed[bit / 8] ^= 1 << (bit % 8)
                try execute(change, [changed, line])
                let found = await fault()
                #expect(found?.contains("line \(line) ") == true || found?.contains("line \(line):") == true, "\(bit)")
                count += 1
            }
            try execute(change, [bytes, line])
        }
        #expect(count >= (column == "answer" ? 100 : 90), "only \(count) bits were turned")
        #expect(await fault() == nil)
    }

    @Test func `any bit of a number that is turned is found`() async throws {
        for line in 1...4 {
            for column in ["at", "sequence"] {
                let number = try #require(
                    try repository.queue.inDatabase {
                        try Int64.fetchOne($0, sql: "SELECT \(column) FROM journal WHERE sequence = \(line)")
                    })
                for bit in 0..<64 {
                    let changed = number ^ (1 << bit)
                    // Two lines of one number are not taken by the database.
                    if column == "sequence", (1...4).contains(changed) { continue }
                    try execute("UPDATE journal SET \(column) = ? WHERE sequence = ?", [changed, line])
                    #expect(await fault() != nil, "\(column), bit \(bit)")
                    let now = column == "sequence" ? changed : Int64(line)
                    try execute("UPDATE journal SET \(column) = ? WHERE sequence = ?", [number, now])
                }
            }
        }
        #expect(await fault() == nil)
    }

    @Test(arguments: [
        "UPDATE journal SET name = NULL WHERE sequence = 4",
        "UPDATE journal SET name = '' WHERE sequence = 3",
        "UPDATE journal SET name = '', folded_name = '' WHERE sequence = 3",
        "UPDATE journal SET folded_name = NULL WHERE sequence = 1",
        "UPDATE journal SET folded_name = 'other.example.org' WHERE sequence = 1",
        "UPDATE journal SET answer = '' WHERE sequence = 1", "UPDATE journal SET answer = NULL WHERE sequence = 2",
        "DELETE FROM journal WHERE sequence = 1", "DELETE FROM journal WHERE sequence = 2",
        "DELETE FROM journal WHERE sequence > 2", "DELETE FROM journal",
        "UPDATE journal SET sequence = sequence + 1000", "UPDATE journal_end SET sequence = 3",
        "UPDATE journal_end SET hash = 'abc'", "DELETE FROM journal_end",
        """
        INSERT INTO journal (sequence, at, kind, subject, event, detail, actor, hash)
        SELECT 5, at, kind, subject, event, detail, actor, hash FROM journal WHERE sequence = 4
        """,
    ]) func `what was changed, removed, added or cut off is found`(_ change: String) async throws {
        try execute(change)
        #expect(await fault() != nil)
    }

    @Test func `an end that was cut off leaves a gap when lines are added`() async throws {
        try execute("DELETE FROM journal WHERE sequence > 2")
        try await repository.commit { $0.journal = JournalBench.lines }
        #expect(await fault()?.contains("line 3:") == true)
    }

    @Test func `a line that cannot be read is named, and the others are shown`() async throws {
        try execute("UPDATE journal SET actor = 'robot' WHERE sequence = 2")
        let page = try await repository.journal(JournalQuery())
        #expect(page.items.map(\.sequence) == [1, 3, 4])
        #expect(page.unreadable.map(\.reference) == ["2"])
    }
}
