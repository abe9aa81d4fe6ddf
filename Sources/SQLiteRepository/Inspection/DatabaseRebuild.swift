// SPDX-License-Identifier: Apache-2.0

import GRDB

/// Makes a database anew from the rows of one whose indexes are damaged.
enum DatabaseRebuild {
    /// Reads each table from end to end, without an index, and writes all into another file. What is in that is lost.
    ///
    /// `REINDEX` and `VACUUM` walk through the old indexes, and end at the damage.
    static func write(_ path: String, to copy: String) throws {
        var configuration = Configuration()
        configuration.label = "rebuild"
        let queue = try DatabaseQueue(path: copy, configuration: configuration)
        try queue.erase()
        try queue.inDatabase { database in
            try database.execute(sql: "ATTACH ? AS damaged", arguments: [path])
            try database.inTransaction(.immediate) {
                try fill(database)
                return .commit
            }
        }
        try queue.close()
    }

    private static func fill(_ database: Database) throws {
        let parts = try Row.fetchAll(
            database,
            sql: "SELECT type, name, sql FROM damaged.sqlite_master WHERE sql IS NOT NULL ORDER BY type <> 'table'")
        for part in parts {
            try database.execute(sql: try part.decode(forColumn: "sql"))
            guard try part.decode(String.self, forColumn: "type") == "table" else { continue }
            let table = try part.decode(String.self, forColumn: "name").quotedDatabaseIdentifier
            // With a condition: without one, SQLite copies pages, indexes among them.
            try database.execute(sql: "INSERT INTO main.\(table) SELECT * FROM damaged.\(table) NOT INDEXED WHERE true")
        }
        for name in ["application_id", "user_version"] {
            let value = try Int.fetchOne(database, sql: "PRAGMA damaged.\(name)") ?? 0
            try database.execute(sql: "PRAGMA main.\(name) = \(value)")
        }
    }
}
