// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel

extension Database {
    /// Writes a record that is at its next revision, with its names and counts.
    func put<Record: StoredRow>(_ record: Record, body: Data, _ counts: inout CountChanges) throws {
        let table = Record.table
        let old = try find(record, at: record.revision - 1)
        let (format, text) = try kept(body, of: record, over: old)
        let values =
            record.searched + [record.revision.databaseValue, format.databaseValue, text.databaseValue]
            + record.identityValues
        try run(old == nil ? table.insert : table.update, values)
        if let old { counts.remove(try Record.counted(in: old)) }
        counts.add(record.counted)
        if let namesTable = table.namesTable {
            try write(record.names, of: record.identity[0], to: namesTable, isNew: old == nil)
        }
        if let account = record as? AccountRecord {
            try hold(account.isPaused, account, was: try old?.decode(forColumn: "paused") ?? false)
        }
    }

    /// - Parameter record: at the revision that was read.
    func delete<Record: StoredRow>(_ record: Record, _ counts: inout CountChanges) throws {
        guard let old = try find(record, at: record.revision) else {
            throw RepositoryError.conflict("\(record.title) is gone")
        }
        try run(Record.table.delete, record.identityValues)
        counts.remove(try Record.counted(in: old))
        if let namesTable = Record.table.namesTable {
            try run("DELETE FROM \(namesTable) WHERE id = ?", record.identityValues)
        }
        if let account = record as? AccountRecord { try hold(false, account, was: try old.decode(forColumn: "paused")) }
    }

    /// The stored row, which has to be at the revision; `nil` when there is none and the revision is 0.
    private func find<Record: StoredRow>(_ record: Record, at revision: Int) throws -> Row? {
        let row = try row(Record.table.find, record.identityValues)
        let stored = try row?.decode(Int.self, forColumn: "revision") ?? 0
        guard stored == revision else {
            throw RepositoryError.conflict("\(record.title) is at revision \(stored), not \(revision)")
        }
        return row
    }

    /// Format and text of a body, with what a newer version had written into the one that it replaces.
    private func kept<Record: StoredRow>(
        _ body: Data, of record: Record, over old: Row?
    ) throws -> (format: Int, text: String) {
        let format = try old?.decode(Int.self, forColumn: "format") ?? StoredBody.format
        guard format > StoredBody.format else {
            return (StoredBody.format, String(decoding: body, as: UTF8.self))
        }
        guard let oldBody = try row(Record.table.read, record.identityValues)?.decode(Data.self, atIndex: 0) else {
            throw RepositoryError.conflict("\(record.title) is gone")
        }
        let merged = try StoredBody.merging(body, replacing: oldBody, as: Record.self)
        return (format, String(decoding: merged, as: UTF8.self))
    }

    private func write(_ names: Set<String>, of id: String, to table: String, isNew: Bool) throws {
        var known: Set<String> = []
        if !isNew {
            known = Set(
                try rows("SELECT name FROM \(table) WHERE id = ?", [id.databaseValue]).map { try $0.decode(atIndex: 0) }
            )
        }
        for name in known.subtracting(names) {
            try run("DELETE FROM \(table) WHERE id = ? AND name = ?", [id.databaseValue, name.databaseValue])
        }
        for name in names.subtracting(known) {
            try run(
                "INSERT INTO \(table) (id, name, reversed) VALUES (?, ?, ?)",
                [id.databaseValue, name.databaseValue, NameSearch.reversed(name).databaseValue])
        }
    }

    /// Marks the work of an account as held back, or as free.
    private func hold(_ isPaused: Bool, _ account: AccountRecord, was: Bool) throws {
        guard isPaused != was else { return }
        try run("UPDATE work SET held = ? WHERE account = ?", [isPaused.databaseValue, account.name.databaseValue])
    }
}
