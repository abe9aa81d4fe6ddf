// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

extension Database {
    func pruneJournal(through last: Int) throws {
        try run(
            "DELETE FROM journal WHERE sequence <= ? AND sequence < (SELECT max(sequence) FROM journal)",
            [last.databaseValue])
    }

    /// New lines go on from the end that is kept, whatever is left of the lines before: a gap stays a gap.
    func append(_ entries: [JournalEntry], digest: (Data) -> String) throws {
        var end = try journalEnd() ?? JournalCheckpoint(sequence: 0, hash: "", at: .distantPast)
        // Where a line stands behind the end, it was not written here: that is told by a check, and keeps nobody from going on.
        let highest = try row("SELECT max(sequence) FROM journal")?.decode(Int?.self, atIndex: 0)
        end.sequence = max(end.sequence, highest ?? 0)
        for entry in entries {
            var line = entry.kept(as: end.sequence + 1)
            line.hash = JournalChain.hash(line, after: end.hash, digest: digest)
            try run(
                """
                INSERT INTO journal (sequence, at, kind, subject, name, folded_name, event, detail, actor, answer, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    line.sequence.databaseValue, line.at.milliseconds.databaseValue, line.subject.kind.databaseValue,
                    line.subject.id.databaseValue, line.name?.databaseValue ?? .null,
                    line.foldedName?.databaseValue ?? .null, line.event.databaseValue, line.detail.databaseValue,
                    line.actor.rawValue.databaseValue, line.answer?.databaseValue ?? .null, line.hash.databaseValue,
                ])
            end = JournalCheckpoint(line)
        }
        try run(
            "INSERT OR REPLACE INTO journal_end (id, sequence, at, hash) VALUES (1, ?, ?, ?)",
            [end.sequence.databaseValue, end.at.milliseconds.databaseValue, end.hash.databaseValue])
    }

    func journal(_ query: JournalQuery) throws -> Page<JournalEntry> {
        let statement = query.statement
        let lines = try rows(statement.sql, statement.values).map { try JournalRow($0) }
        let shown = lines.prefix(query.limit.asPageLimit)
        let next = lines.count > shown.count ? shown.last.map { PageCursor($0.reference) } : nil
        var page = Page<JournalEntry>(items: [], next: next)
        for line in shown {
            switch line {
            case .line(let entry): page.items.append(entry)
            case .unreadable(let row): page.unreadable.append(row)
            }
        }
        return page
    }

    func journalEnd() throws -> JournalCheckpoint? {
        try row("SELECT sequence, hash, at FROM journal_end WHERE id = 1").map { row in
            JournalCheckpoint(
                sequence: try row.decode(atIndex: 0), hash: try row.decode(atIndex: 1),
                at: Date(milliseconds: try row.decode(atIndex: 2)))
        }
    }

    /// SQLite's own look at the table: its tree, its indexes, and the stored types.
    func checkJournal() throws -> String? {
        let found = try String.fetchAll(self, sql: "PRAGMA integrity_check('journal')")
        return found == ["ok"] ? nil : found.first ?? "it cannot be checked"
    }
}
