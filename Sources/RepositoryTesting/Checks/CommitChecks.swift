// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let commits: [RepositoryCheck] = [
        RepositoryCheck("a commit raises the revision by one") { checked in
            try await checked.put(.order(Sample.order("ord_1")))
            for revision in 1...3 {
                let order = try require("order", try await checked.repository.order(OrderID("ord_1")))
                try expect("revision", order.revision, revision)
                try await checked.put(.order(order))
            }
        },
        RepositoryCheck("a stale revision changes nothing") { checked in
            try await checked.put(.order(Sample.order("ord_1")))
            let read = try require("order", try await checked.repository.order(OrderID("ord_1")))
            var first = read
            first.wording = "first"
            try await checked.put(.order(first))
            var second = read
            second.wording = "second"
            try await checked.conflict("a stale revision") { changes in
                changes.puts = [.order(second)]
                changes.work = [.put(Sample.work("ord_1"))]
            }
            try expect("wording", try await checked.repository.order(read.id)?.wording, "first")
            try expect("work", try await checked.repository.work(.order(read.id), task: WorkItem.life), nil)
        },
        RepositoryCheck("a record that was new to its writer is not laid over one that is there") { checked in
            try await checked.put(.order(Sample.order("ord_1")))
            try await checked.conflict("a second record of one id") { changes in
                changes.puts = [.order(Sample.order("ord_1", phase: .stuck))]
            }
            try expect("phase", try await checked.repository.order(OrderID("ord_1"))?.phase, .drafted)
        },
        RepositoryCheck("a record that is gone is not written again under its old revision") { checked in
            var order = Sample.order("ord_1")
            order.revision = 4
            try await checked.conflict("a revision of nothing") { $0.puts = [.order(order)] }
            try await checked.conflict("the end of nothing") { $0.deletes = [.order(order)] }
            try await checked.conflict("the end of what never was") { $0.deletes = [.order(Sample.order("ord_1"))] }
        },
        RepositoryCheck("one bad record keeps the good ones out") { checked in
            try await checked.put(.account(Sample.account("main")))
            let counts = try await checked.repository.counts()
            try await checked.conflict("a commit with one bad record") { changes in
                changes.puts = [
                    .order(Sample.order("ord_1")), .certificate(Sample.certificate("crt_1")),
                    .account(Sample.account("main")), .order(Sample.order("ord_2")),
                ]
                changes.work = [.put(Sample.work("ord_1"))]
                changes.journal = [Sample.line("placed")]
            }
            try expect("orders", try await checked.repository.orders(OrderQuery()).items, [])
            try expect("certificates", try await checked.repository.certificates(CertificateQuery()).items, [])
            try expect("work", try await checked.repository.work(after: nil, limit: 9).items, [])
            try expect("journal", try await checked.repository.journal(JournalQuery()).items, [])
            try expect("counts", try await checked.repository.counts(), counts)
        },
        RepositoryCheck("of two commits on one revision at the same time one goes through") { checked in
            try await checked.put(.order(Sample.order("ord_1")))
            for _ in 1...10 {
                let order = try require("order", try await checked.repository.order(OrderID("ord_1")))
                let accepted = try await withThrowingTaskGroup(of: Bool.self) { group in
                    for _ in 1...4 {
                        group.addTask {
                            do {
                                try await checked.put(.order(order))
                                return true
                            } catch RepositoryError.conflict {
                                return false
                            }
                        }
                    }
                    return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                try expect("commits that went through", accepted, 1)
            }
        },
        RepositoryCheck("deletes come before puts, so that a unique value passes on in one commit") { checked in
            var imported = Sample.order("ord_1", phase: .placed)
            imported.reference = OrderReference("4711")
            try await checked.put(.order(imported), .order(Sample.order("ord_2")))
            imported.revision = 1
            var own = try require("order", try await checked.repository.order(OrderID("ord_2")))
            own.reference = OrderReference("4711")
            try await checked.commit { [imported, own] changes in
                changes.puts = [.order(own)]
                changes.deletes = [.order(imported)]
            }
            let found = try await checked.repository.order(account: "main", reference: OrderReference("4711"))
            try expect("order", found?.id, OrderID("ord_2"))
        },
        RepositoryCheck("a commit of a cancelled task is written all the same") { checked in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await checked.put(.order(Sample.order("ord_1")))
            }
            try await task.value
            try expect("order", try await checked.repository.order(OrderID("ord_1"))?.revision, 1)
        },
    ]
}
