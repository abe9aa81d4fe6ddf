// SPDX-License-Identifier: Apache-2.0

import GRDB
public import LifecycleModel
public import PublicCA

extension SQLiteRepository {
    public func journal(_ query: JournalQuery) async throws(RepositoryError) -> Page<JournalEntry> {
        try await perform { database in try database.journal(query) }
    }

    public func journalEnd() async throws(RepositoryError) -> JournalCheckpoint? {
        try await perform { database in try database.journalEnd() }
    }

    public func checkJournal() async throws(RepositoryError) {
        if let damage = try await perform({ database in try database.checkJournal() }) {
            throw .unreadable("what holds the journal in \(path) is damaged: \(damage)")
        }
    }

    /// Held and free items are in the order of their dates each, and are merged.
    public func work(after cursor: PageCursor?, limit: Int) async throws(RepositoryError) -> Page<WorkItem> {
        let limit = limit.asPageLimit
        let start = try WorkPosition(cursor)
        let rows = try await perform { database in
            let values = [start.due.databaseValue, start.number.databaseValue, (limit + 1).databaseValue]
            return try database.rows(Self.workPage, values + values + [(limit + 1).databaseValue])
                .map { (try WorkPosition($0), try WorkItem($0)) }
        }
        let shown = rows.prefix(limit)
        return Page(items: shown.map(\.1), next: rows.count > shown.count ? shown.last?.0.cursor : nil)
    }

    public func work(of account: String, kind: String, limit: Int) async throws(RepositoryError) -> [WorkItem] {
        let values = [account.databaseValue, kind.databaseValue, limit.asPageLimit.databaseValue]
        return try await perform { database in
            try database.rows(Self.workOfKind, values).map { try WorkItem($0) }
        }
    }

    private static let workOfKind = """
        SELECT \(WorkItem.columns) FROM work WHERE account = ? AND kind = ? ORDER BY due LIMIT ?
        """

    private static let workPage: String = {
        let parts = [0, 1].map { held in
            """
            SELECT * FROM (
                SELECT number, \(WorkItem.columns) FROM work WHERE held = \(held) AND (due, number) > (?, ?)
                ORDER BY due, number LIMIT ?)
            """
        }
        return parts.joined(separator: " UNION ALL ") + " ORDER BY due, number LIMIT ?"
    }()
}

/// A place in the list of work.
private struct WorkPosition: Sendable {
    var due: Int64
    var number: Int64

    init(_ row: Row) throws {
        due = try row.decode(forColumn: "due")
        number = try row.decode(forColumn: "number")
    }

    init(_ cursor: PageCursor?) throws(RepositoryError) {
        guard let cursor else {
            due = .min
            number = 0
            return
        }
        let numbers = cursor.rawValue.split(separator: ".").compactMap { Int64($0) }
        guard numbers.count == 2 else { throw .unreadable("'\(cursor)' is no place in the list of work") }
        due = numbers[0]
        number = numbers[1]
    }

    var cursor: PageCursor { PageCursor("\(due).\(number)") }
}

extension JournalQuery {
    /// One more than asked for, to see whether the list goes on.
    var statement: Condition {
        var conditions: [Condition] = []
        if let subject { conditions.append(Condition("kind = ? AND subject = ?", subject.kind, subject.id)) }
        if let name { conditions.append(Condition("folded_name = ?", name.lowercased())) }
        conditions.append(Condition("sequence > ?", after))
        let index = subject != nil ? "INDEXED BY journal_by_subject" : name != nil ? "INDEXED BY journal_by_name" : ""
        var statement = Condition(
            "SELECT \(JournalEntry.columns) FROM journal \(index) WHERE \(conditions.sql) ORDER BY sequence "
                + (isNewestFirst ? "DESC LIMIT ?" : "LIMIT ?"))
        statement.values = conditions.values + [(limit.asPageLimit + 1).databaseValue]
        return statement
    }
}
