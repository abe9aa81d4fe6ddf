// SPDX-License-Identifier: Apache-2.0

import GRDB
public import LifecycleModel

extension SQLiteRepository {
    /// Whoever asks in vain, as most do most of the time, takes no lock that writers wait for.
    ///
    /// What is free is looked for and leased in one transaction: two claimers never see one item as free. An `UPDATE` with
    /// a subquery and `RETURNING` says the same in one statement, and makes a table for each: half of its time.
    public func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        let time = now()
        let lease = [request.worker.databaseValue, time.adding(request.length).milliseconds.databaseValue]
        var place: [DatabaseValue] = []
        if let subject = request.subject { place = [subject.kind.databaseValue, subject.id.databaseValue] }
        let values =
            place + [
                request.dueBy.milliseconds.databaseValue, time.milliseconds.databaseValue,
                max(0, request.limit).databaseValue,
            ]
        let sql = request.subject == nil ? Self.freeOfAny : Self.freeOfSubject
        let items = try await perform { [values] database -> [WorkItem] in
            guard try database.row(sql, lease + values) != nil else { return [] }
            var items: [WorkItem] = []
            try database.inTransaction(.immediate) {
                for row in try database.rows(sql, lease + values) {
                    items.append(try WorkItem(row))
                    try database.run(Self.take, lease + [try row.decode(forColumn: "number")])
                }
                return .commit
            }
            return items
        }
        // Seldom enough: whoever has work is busy for moments only.
        if items.isEmpty { try checkPlace() }
        return items
    }

    private static let freeOfAny = free(where: "held = 0 AND due <= ?")
    /// The plus signs keep the index on dates out of it.
    private static let freeOfSubject = free(where: "kind = ? AND subject = ? AND +held = 0 AND +due <= ?")
    private static let take = "UPDATE work SET worker = ?, until = ?, fence = fence + 1 WHERE number = ?"

    /// Items as they are once they are leased.
    private static func free(where condition: String) -> String {
        """
        SELECT number, kind, subject, task, account, step, due, ? AS worker, ? AS until, fence + 1 AS fence
        FROM work WHERE \(condition) AND (until IS NULL OR until <= ?) ORDER BY due, number LIMIT ?
        """
    }
}
