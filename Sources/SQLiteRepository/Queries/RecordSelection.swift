// SPDX-License-Identifier: Apache-2.0

import GRDB
import LifecycleModel
import PublicCA

/// A page of orders or certificates as one statement.
///
/// SQLite keeps no statistics here, so every part names its index. Where a condition allows several values, each value
/// is a part of its own that reads no more than a page through its index; the parts are merged by id. So a page costs
/// the same in a short list and in a long one, except for patterns and dates, whose matches have to be sorted by id.
struct RecordSelection: Sendable {
    var table: String
    var namesTable: String
    var search: NameSearch?
    /// The index that leads, unless names do.
    var index: String?
    /// Alternatives, at least one, of what the leading index is asked for.
    var parts: [[Condition]]
    /// What holds in every part.
    var filters: [Condition]
    var prefix: String?
    var after: PageCursor?
    var limit: Int

    /// One more than asked for, to see whether the list goes on.
    var statement: Condition {
        let pieces = pieces
        let union = pieces.map { "SELECT id FROM (\($0.sql))" }.joined(separator: " UNION ALL ")
        var whole = Condition(
            """
            SELECT r.id, r.body FROM (SELECT id FROM (\(union)) ORDER BY id LIMIT ?) AS p
            CROSS JOIN \(table) AS r ON r.id = p.id ORDER BY p.id
            """)
        whole.values = pieces.flatMap(\.values) + [(limit + 1).databaseValue]
        return whole
    }

    /// Each reads at most a page of ids through its index.
    var pieces: [Condition] { search.map { [piece($0)] } ?? parts.map(piece) }

    private func piece(_ part: [Condition]) -> Condition {
        let conditions = part + filters + window("r.id")
        let indexed = index.map { "INDEXED BY \($0)" } ?? ""
        var piece = Condition(
            "SELECT r.id FROM \(table) AS r \(indexed) WHERE \(conditions.sql) ORDER BY r.id LIMIT ?")
        piece.values = conditions.values + [(limit + 1).databaseValue]
        return piece
    }

    private func piece(_ search: NameSearch) -> Condition {
        // Without an index of names the ids lead, and the page ends as soon as it is full.
        let isInOrder = search.index == nil
        let indexed = search.index.map { "INDEXED BY \($0)" } ?? ""
        let conditions = search.conditions + window(isInOrder ? "n.id" : "+n.id") + filters
        // The records themselves are looked at only where names do not decide alone.
        let join = filters.isEmpty ? "" : "CROSS JOIN \(table) AS r ON r.id = n.id"
        var piece = Condition(
            """
            SELECT DISTINCT n.id FROM \(namesTable) AS n \(indexed) \(join)
            WHERE \(conditions.sql) ORDER BY n.id LIMIT ?
            """)
        piece.values = conditions.values + [(limit + 1).databaseValue]
        return piece
    }

    /// Where the page begins, and where ids of the prefix end.
    private func window(_ column: String) -> [Condition] {
        var conditions = [Condition("\(column) > ?", after?.rawValue ?? "")]
        if let prefix { conditions.append(.begins(column, with: prefix)) }
        return conditions
    }
}
