// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let singles: [RepositoryCheck] = [
        RepositoryCheck("every kind of record comes back as it was written, and is gone when deleted") { checked in
            for record in Sample.everyKind {
                try expect("before", try await checked.stored(record), nil)
                try await checked.put(record)
                let stored = try require("\(record)", try await checked.stored(record))
                try expect("record", stored, record.atRevision(1))
                try await checked.put(stored)
                try await checked.conflict("a delete at a stale revision") { $0.deletes = [stored] }
                try expect("record", try await checked.stored(record), record.atRevision(2))
                try await checked.commit { $0.deletes = [record.atRevision(2)] }
                try expect("after", try await checked.stored(record), nil)
            }
        },
        RepositoryCheck("dates survive to the millisecond") { checked in
            for milliseconds: Int64 in [0, 1, 999, 1_764_000_000_001, 1_764_000_000_999, 4_102_444_799_999, -1] {
                var order = Sample.order("ord_\(milliseconds)")
                order.createdAt = Date(milliseconds: milliseconds)
                // Less than a millisecond may be lost, but not kept in one place and lost in another.
                order.settlesAt = Date(milliseconds: milliseconds).addingTimeInterval(0.0002)
                var item = Sample.work(order.id.rawValue)
                item.due = order.createdAt
                try await checked.commit { [order, item] changes in
                    changes.puts = [.order(order)]
                    changes.work = [.put(item)]
                }
                let stored = try require("order", try await checked.repository.order(order.id))
                try expect("date", stored.createdAt, Date(milliseconds: milliseconds))
                try expect("finer date", stored.settlesAt, Date(milliseconds: milliseconds))
                let work = try await checked.repository.work(item.subject, task: item.task)
                try expect("due", work?.due, Date(milliseconds: milliseconds))
            }
        },
        RepositoryCheck("accounts are listed by name") { checked in
            try await checked.put(.account(Sample.account("second")), .account(Sample.account("first", paused: "why")))
            let accounts = try await checked.repository.accounts()
            try expect("accounts", accounts.map(\.name), ["first", "second"])
            try expect("reasons", accounts.map(\.pausedReason), ["why", nil])
        },
        RepositoryCheck("the unfinished revocation of a certificate is found, else the newest") { checked in
            for id in ["rev_2", "rev_3", "rev_1"] {
                var refused = Sample.revocation(id)
                refused.phase = .rejected
                try await checked.put(.revocation(refused))
            }
            let newest = try await checked.repository.revocation(of: CertificateID("crt_1"))
            try expect("revocation", newest?.id, RevocationID("rev_3"))
            // Made while the clock was behind.
            try await checked.put(.revocation(Sample.revocation("rev_0")))
            let unfinished = try await checked.repository.revocation(of: CertificateID("crt_1"))
            try expect("unfinished", unfinished?.id, RevocationID("rev_0"))
            let none = try await checked.repository.revocation(of: CertificateID("crt_2"))
            try expect("revocation of another", none, nil)
        },
        RepositoryCheck("failed revocations are listed, oldest first and in pages") { checked in
            let phases: [RevocationPhase] = [.stuck, .revoked, .rejected, .sending, .rejected]
            for (number, phase) in phases.enumerated() {
                var revocation = Sample.revocation("rev_\(number)", of: "crt_\(number)")
                revocation.phase = phase
                try await checked.put(.revocation(revocation))
            }
            let first = try await checked.repository.failedRevocations(after: nil, limit: 2)
            try expect("revocations", first.items.map(\.id.rawValue), ["rev_0", "rev_2"])
            let rest = try await checked.repository.failedRevocations(after: first.next, limit: 2)
            try expect("the rest", rest.items.map(\.id.rawValue), ["rev_4"])
            try expect("the end", rest.next, nil)
            var followed = try require("revocation", rest.items.first)
            followed.isFollowed = true
            try await checked.put(.revocation(followed))
            let left = try await checked.repository.failedRevocations(after: first.next, limit: 2)
            try expect("what nobody followed", left.items.map(\.id.rawValue), [])
        },
        RepositoryCheck("unfinished imports of an account are listed, oldest first") { checked in
            var finished = Sample.importRun("imp_2")
            finished.isFinished = true
            try await checked.put(
                .importRun(Sample.importRun("imp_3")), .importRun(finished), .importRun(Sample.importRun("imp_1")),
                .importRun(Sample.importRun("imp_4", account: "other")))
            let runs = try await checked.repository.unfinishedImports(account: "main")
            try expect("imports", runs.map(\.id.rawValue), ["imp_1", "imp_3"])
        },
        RepositoryCheck("what the provider of an account remembers is listed, by name") { checked in
            for (account, name) in [("main", "b"), ("other", "c"), ("main", "a"), ("", "d")] {
                try await checked.put(
                    .memory(MemoryRecord(account: account, name: name, revision: 0, sealed: Data(name.utf8))))
            }
            let memories = try await checked.repository.memories(account: "main")
            try expect("memories", memories.map(\.name), ["a", "b"])
            try expect("what was sealed", memories.map(\.sealed), [Data("a".utf8), Data("b".utf8)])
            try expect("of an unknown account", try await checked.repository.memories(account: "third"), [])
        },
        RepositoryCheck("deleting takes names and counts along") { checked in
            try await checked.put(.order(Sample.order("ord_1")), .certificate(Sample.certificate("crt_1")))
            let order = try require("order", try await checked.repository.order(OrderID("ord_1")))
            let found = try await checked.repository.certificate(CertificateID("crt_1"))
            let certificate = try require("certificate", found)
            try await checked.commit { $0.deletes = [.order(order), .certificate(certificate)] }
            var orders = OrderQuery()
            orders.name = NamePattern("www.example.org")
            try expect("orders", try await checked.repository.orders(orders).items, [])
            var certificates = CertificateQuery()
            certificates.name = NamePattern("*.org")
            try expect("certificates", try await checked.repository.certificates(certificates).items, [])
            try expect("counts", try await checked.repository.counts(), Counts())
        },
    ]
}
