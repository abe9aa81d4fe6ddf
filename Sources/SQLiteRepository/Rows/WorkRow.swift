// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel

extension WorkItem {
    static let columns = "kind, subject, task, account, step, due, worker, until, fence"

    /// From a row of ``columns``.
    init(_ row: Row) throws {
        let worker = try row.decode(String?.self, forColumn: "worker")
        let until = try row.decode(Int64?.self, forColumn: "until")
        var lease: Lease?
        if let worker, let until {
            let fence = try row.decode(Int.self, forColumn: "fence")
            lease = Lease(worker: worker, until: Date(milliseconds: until), fence: fence)
        }
        self.init(
            subject: try Subject(row), task: try row.decode(forColumn: "task"),
            account: try row.decode(forColumn: "account"), step: try row.decode(forColumn: "step"),
            due: Date(milliseconds: try row.decode(forColumn: "due")), lease: lease)
    }
}

extension Subject {
    init(_ row: Row) throws {
        self.init(kind: try row.decode(forColumn: "kind"), id: try row.decode(forColumn: "subject"))
    }
}
