// SPDX-License-Identifier: Apache-2.0

import GRDB
public import LifecycleModel

extension SQLiteRepository {
    public func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        let time = now()
        var values = [
            request.worker.databaseValue, time.adding(request.length).milliseconds.databaseValue,
        ]
        if let subject = request.subject { values += [subject.kind.databaseValue, subject.id.databaseValue] }
        values += [
            request.dueBy.milliseconds.databaseValue, time.milliseconds.databaseValue,
            max(0, request.limit).databaseValue,
        ]
        let sql = request.subject == nil ? Self.claimAny : Self.claimSubject
        let items = try await perform { [values] database in
            try database.rows(sql, values).map { try WorkItem($0) }
        }
        // SQLite returns the rows in no particular order.
        return items.sorted { $0.due < $1.due }
    }

    private static let claimAny = claim(where: "held = 0 AND due <= ?")
    /// The plus signs keep the index on dates out of it.
    private static let claimSubject = claim(where: "kind = ? AND subject = ? AND +held = 0 AND +due <= ?")

    /// One statement, hence one transaction: two claimers never see one item as free.
    private static func claim(where condition: String) -> String {
        """
        UPDATE work SET worker = ?, until = ?, fence = fence + 1
        WHERE number IN (
            SELECT number FROM work WHERE \(condition) AND (until IS NULL OR until <= ?)
            ORDER BY due, number LIMIT ?)
        RETURNING \(WorkItem.columns)
        """
    }
}
