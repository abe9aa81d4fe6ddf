// SPDX-License-Identifier: Apache-2.0

import GRDB

/// A piece of SQL with the values of its question marks.
struct Condition: Sendable {
    var sql: String
    var values: [DatabaseValue]

    init(_ sql: String, _ values: any DatabaseValueConvertible...) {
        self.sql = sql
        self.values = values.map(\.databaseValue)
    }

    private init(sql: String, values: [DatabaseValue]) {
        self.sql = sql
        self.values = values
    }

    /// One of several values.
    static func oneOf(_ column: String, _ choices: [String]) -> Condition {
        let marks = choices.map { _ in "?" }.joined(separator: ", ")
        return Condition(sql: "\(column) IN (\(marks))", values: choices.map(\.databaseValue))
    }

    /// Text that begins so: a range, so that an index serves it.
    static func begins(_ column: String, with prefix: String) -> Condition {
        Condition("\(column) >= ? AND \(column) < ?", prefix, prefix + "\u{10FFFF}")
    }
}

extension Int {
    /// A limit that leaves room for the one row more that tells whether a list goes on.
    var asPageLimit: Int { Swift.min(Swift.max(0, self), 1_000_000) }
}

extension [Condition] {
    var sql: String { map(\.sql).joined(separator: " AND ") }
    var values: [DatabaseValue] { flatMap(\.values) }
}
