// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import GRDB
package import LifecycleModel
import PublicCA

/// What a look at every page and every line of a database has shown.
///
/// SQLite notices a damaged page only when it reads it, and not always then: this reads all of them, and holds what is
/// kept twice against each other.
package struct DatabaseInspection: Hashable, Sendable {
    /// How many records of each kind there are, by the name of their table; a table that cannot be read is missing.
    package private(set) var rows: [String: Int] = [:]
    /// Records that cannot be read, by the name of their table.
    package private(set) var unreadable: [String: Int] = [:]
    /// The identifiers of the master keys with which anything in it was sealed: one, but while they are changed.
    package private(set) var masterKeys: Set<String> = []
    /// The last line of the journal.
    package private(set) var journal: JournalCheckpoint?
    /// What is sealed in every database, to tell its master key; `nil` in one that was never opened with a key.
    package private(set) var keyProof: MemoryRecord?
    /// What is wrong, a sentence each; empty for a sound database.
    package private(set) var damage: [String] = []
    /// Whether it is as this version makes it. The lines and numbers of an older one can be read when it was brought forward.
    package private(set) var isCurrent = false
    /// Everything that is wrong can be worked out anew from what can be read.
    package private(set) var isOnlyInIndexes = false

    /// Reads the file through, and changes nothing in it.
    ///
    /// Throws ``RepositoryError/unreadable(_:)`` for a file that is not ours, is of a newer version, or is too damaged to
    /// be read at all.
    ///
    /// - Parameters:
    ///   - keyProof: the name of the home's own memory by which its master key is told.
    ///   - digest: SHA-256 of some bytes in lower-case hex, for ``JournalChain``.
    package init(
        path: String, keyProof name: String, digest: @escaping @Sendable (Data) -> String
    ) throws(RepositoryError) {
        do {
            try DatabaseFile.look(at: path) { database, isCurrent in
                damage = try Self.pages(of: database)
                let (read, broken) = try Self.tables(of: database)
                rows = read
                if broken.isEmpty, isCurrent {
                    let records = try RecordReading(database)
                    (unreadable, masterKeys) = (records.unreadable, records.masterKeys)
                }
                isOnlyInIndexes = isCurrent && !damage.isEmpty && broken.isEmpty && unreadable.isEmpty
                damage = broken.map { "the table \($0) cannot be read to its end" } + damage
                self.isCurrent = isCurrent
                // What follows reads what cannot be read otherwise.
                guard damage.isEmpty, isCurrent else { return }
                try checkJournal(database, digest)
                try checkCounts(database)
                self.keyProof = try database.first(
                    "SELECT body FROM memories WHERE account = '' AND name = ?", [name.databaseValue]
                ) { row in try StoredBody.decode(MemoryRecord.self, from: row.decode(atIndex: 0)) }
            }
        } catch {
            throw RepositoryError(error, path: path)
        }
    }

    /// What SQLite's own look at every page says. It may end with an error at what it has just told.
    private static func pages(of database: Database) throws -> [String] {
        var said: [String] = []
        do {
            let lines = try String.fetchCursor(database, sql: "PRAGMA integrity_check(20)")
            while let line = try lines.next() { said.append(line) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
            if said.isEmpty { said.append("its pages do not fit together") }
        }
        return said.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
            .filter { $0 != "ok" && !$0.hasPrefix("***") }
    }

    /// Every row of every table, without the help of any index.
    private static func tables(of database: Database) throws -> (read: [String: Int], broken: [String]) {
        var read: [String: Int] = [:]
        var broken: [String] = []
        for table in try names(of: database) {
            do {
                var count = 0
                let cursor = try Row.fetchCursor(database, sql: "SELECT * FROM \(table) NOT INDEXED")
                while let row = try cursor.next() {
                    // A row has its values read when they are asked for.
                    _ = Array(row.databaseValues)
                    count += 1
                }
                read[table] = count
            } catch {
                broken.append(table)
            }
        }
        return (read, broken)
    }

    private static func names(of database: Database) throws -> [String] {
        try String.fetchAll(
            database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    }

    /// The first line may follow on lines that were dropped: what it is bound to is then not here.
    private mutating func checkJournal(
        _ database: Database, _ digest: @escaping @Sendable (Data) -> String
    ) throws {
        let end = try database.journalEnd()
        var query = JournalQuery()
        query.limit = 1
        let first = try database.journal(query).items.first
        let dropped = first.flatMap { $0.sequence > 1 ? JournalCheckpoint($0) : nil }
        query.limit = 1000
        query.after = dropped?.sequence ?? 0
        do {
            let marks = end.map { [JournalMark($0, from: "was written")] } ?? []
            var walk = try JournalWalk(after: dropped, marks: marks, digest: digest)
            var isMore = true
            while isMore {
                let page = try database.journal(query)
                try walk.take(page)
                isMore = query.goOn(behind: page)
            }
            try walk.end(at: end)
            journal = walk.last
        } catch let fault as JournalFault {
            damage.append(fault.description)
        }
    }

    /// The numbers that every commit keeps are counted once more.
    private mutating func checkCounts(_ database: Database) throws {
        for (kind, table, column) in [
            (CountKey.order, "orders", "phase"), (CountKey.certificate, "certificates", "status"),
        ] {
            let kept = try Self.numbers(database, "SELECT key, count FROM counts WHERE kind = '\(kind)' AND count <> 0")
            let counted = try Self.numbers(database, "SELECT \(column), count(*) FROM \(table) GROUP BY \(column)")
            if kept != counted { damage.append("the numbers that are kept of the \(table) are not their numbers") }
        }
    }

    private static func numbers(_ database: Database, _ sql: String) throws -> [String: Int] {
        try Row.fetchAll(database, sql: sql).reduce(into: [:]) { numbers, row in
            numbers[try row.decode(String.self, atIndex: 0)] = try row.decode(Int.self, atIndex: 1)
        }
    }
}
