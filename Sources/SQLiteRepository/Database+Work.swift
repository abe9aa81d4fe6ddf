// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel

extension Database {
    private static let place = "kind = ? AND subject = ? AND task = ?"

    private func values(_ subject: Subject, _ task: String) -> [DatabaseValue] {
        [subject.kind.databaseValue, subject.id.databaseValue, task.databaseValue]
    }

    func checkLease(of claimed: WorkItem) throws {
        let place = values(claimed.subject, claimed.task)
        let newest = try first("SELECT fence FROM work WHERE \(Self.place)", place) { row in
            try row.decode(Int.self, atIndex: 0)
        }
        guard let newest, let lease = claimed.lease, lease.fence == newest else {
            throw RepositoryError.conflict("the work on \(claimed.subject) has gone to somebody else")
        }
    }

    func apply(_ change: WorkChange) throws {
        switch change {
        case .put(let item):
            try put(item)
        case .remove(let subject, let task):
            let place = values(subject, task)
            let removed = try row("DELETE FROM work WHERE \(Self.place) RETURNING fence", place)
            guard let fence = try removed?.decode(Int.self, atIndex: 0) else { return }
            try run(
                "UPDATE queue SET removed_fence = ? WHERE id = 1 AND removed_fence < ?",
                [fence.databaseValue, fence.databaseValue])
        case .hasten(let subject, let task, let date):
            let due = date.milliseconds.databaseValue
            try run("UPDATE work SET due = ? WHERE \(Self.place) AND due > ?", [due] + values(subject, task) + [due])
        }
    }

    /// Work that is put without a lease is new work: the fence moves on, so that whoever held the old loses it.
    private func put(_ item: WorkItem) throws {
        let lease = item.lease
        let fence = (lease?.fence ?? 0).databaseValue
        let step = (lease == nil ? 1 : 0).databaseValue
        try run(
            """
            INSERT INTO work (kind, subject, task, account, step, due, worker, until, held, fence)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?,
                coalesce((SELECT paused FROM accounts WHERE name = ?), 0),
                max(?, (SELECT removed_fence FROM queue WHERE id = 1) + 1))
            ON CONFLICT (kind, subject, task) DO UPDATE SET
                account = excluded.account, step = excluded.step, due = excluded.due, held = excluded.held,
                worker = excluded.worker, until = excluded.until, fence = max(fence + ?, ?)
            """,
            values(item.subject, item.task) + [
                item.account.databaseValue, item.step.databaseValue, item.due.milliseconds.databaseValue,
                lease?.worker.databaseValue ?? .null, lease?.until.milliseconds.databaseValue ?? .null,
                item.account.databaseValue, fence, step, fence,
            ])
    }
}
