// SPDX-License-Identifier: Apache-2.0

package import GRDB

/// Statements that are prepared once for a connection.
extension Database {
    func run(_ sql: String, _ values: [DatabaseValue] = []) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(of: values))
    }

    func row(_ sql: String, _ values: [DatabaseValue] = []) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(of: values))
    }

    /// What `read` makes of the first row, which it must not let out: it is not copied.
    func first<Value>(_ sql: String, _ values: [DatabaseValue], _ read: (Row) throws -> Value) throws -> Value? {
        let cursor = try Row.fetchCursor(cachedStatement(sql: sql), arguments: StatementArguments(of: values))
        return try cursor.next().map(read)
    }

    func rows(_ sql: String, _ values: [DatabaseValue] = []) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: StatementArguments(of: values))
    }
}

extension StatementArguments {
    /// The initialiser that takes values as they are goes through a key path for each: a third of a commit's time.
    package init(of values: [DatabaseValue]) {
        self.init(values.lazy.map { $0 as (any DatabaseValueConvertible)? })
    }
}
