// SPDX-License-Identifier: Apache-2.0

import GRDB

/// Statements that are prepared once for a connection.
extension Database {
    func run(_ sql: String, _ values: [DatabaseValue] = []) throws {
        try cachedStatement(sql: sql).execute(arguments: StatementArguments(values))
    }

    func row(_ sql: String, _ values: [DatabaseValue] = []) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: StatementArguments(values))
    }

    func rows(_ sql: String, _ values: [DatabaseValue] = []) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: StatementArguments(values))
    }
}
