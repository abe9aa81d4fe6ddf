// SPDX-License-Identifier: Apache-2.0

import GRDB
import LifecycleModel

/// Opens a file only when it is ours, and touches it only then.
enum DatabaseFile {
    /// How long a writer waits for its turn.
    private static let patience = 30

    static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "repository"
        configuration.busyMode = .timeout(Double(patience))
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { database in
            let found = try Identity(database)
            try found.check(path: path)
            try writeAhead(database)
            try database.execute(sql: "PRAGMA synchronous = FULL")
            if found.version < Schema.migrations.count { try migrate(database, path: path) }
        }
        return queue
    }

    /// Reads a file that is ours, at one moment, and changes nothing in it.
    static func look(at path: String, _ body: (Database, _ isCurrent: Bool) throws -> Void) throws {
        var configuration = Configuration()
        configuration.label = "inspection"
        configuration.busyMode = .timeout(Double(patience))
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { database in
            // SQLite commits nothing, not even what was only read, once it has met a damaged page.
            try database.inTransaction(.deferred) {
                let found = try Identity(database)
                try found.check(path: path)
                guard !found.isNew else { throw RepositoryError.unreadable("\(path) is empty") }
                try body(database, found.version == Schema.migrations.count)
                return .rollback
            }
        }
        try queue.close()
    }

    /// What a file says of itself.
    private struct Identity {
        var application: Int
        var version: Int
        var isEmpty: Bool

        init(_ database: Database) throws {
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT application_id, user_version, NOT EXISTS (SELECT 1 FROM sqlite_master)
                    FROM pragma_application_id, pragma_user_version
                    """)
            application = try row?.decode(atIndex: 0) ?? 0
            version = try row?.decode(atIndex: 1) ?? 0
            isEmpty = try row?.decode(atIndex: 2) ?? false
        }

        var isNew: Bool { application == 0 && version == 0 && isEmpty }

        /// Passes a file that holds nothing yet, too: whoever was to make it may have been killed before.
        func check(path: String) throws(RepositoryError) {
            guard isNew || application == Schema.applicationID else {
                throw .unreadable("\(path) is a database of another program")
            }
            guard version <= Schema.migrations.count else {
                throw .unreadable("\(path) was written by a newer version of this program")
            }
        }
    }

    /// Write-ahead mode is a property of the file. Processes that switch at the same time stand in each other's way
    /// without SQLite waiting by itself, hence the exclusive transaction, which does wait.
    private static func writeAhead(_ database: Database) throws {
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" else { return }
        let deadline = ContinuousClock.now + .seconds(patience)
        while true {
            do {
                let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
                guard mode == "wal" else {
                    throw RepositoryError.unavailable("the place of the database does not allow write-ahead mode")
                }
                return
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < deadline
            {
                try database.inTransaction(.exclusive) { .rollback }
            }
        }
    }

    /// Applies what is missing in one transaction; another process may have done so meanwhile.
    private static func migrate(_ database: Database, path: String) throws {
        try database.inTransaction(.immediate) {
            let found = try Identity(database)
            try found.check(path: path)
            for migration in Schema.migrations.dropFirst(found.version) {
                try database.execute(sql: migration.statements)
                try database.execute(sql: "INSERT INTO migrations (name) VALUES (?)", arguments: [migration.name])
            }
            try database.execute(
                sql: """
                    PRAGMA application_id = \(Schema.applicationID);
                    PRAGMA user_version = \(Schema.migrations.count);
                    """)
            return .commit
        }
    }
}
