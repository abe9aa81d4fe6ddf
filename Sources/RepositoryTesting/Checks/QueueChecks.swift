// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let queue: [RepositoryCheck] = [
        RepositoryCheck("there is one item for each subject and task, and a put replaces it") { checked in
            try await checked.put(Sample.work("ord_1"), Sample.work("ord_1", task: "revocation check"))
            var next = Sample.work("ord_1", in: 5)
            next.step = "collect"
            try await checked.put(next)
            let items = try await checked.repository.work(after: nil, limit: 10).items
            try expect("items", items.map(\.step), ["submit", "collect"])
            try expect("item", try await checked.repository.work(next.subject, task: next.task), next)
        },
        RepositoryCheck("removing takes one item away, and nothing when there is none") { checked in
            try await checked.put(Sample.work("ord_1"), Sample.work("ord_1", task: "revocation check"))
            let subject = Sample.work("ord_1").subject
            try await checked.commit { $0.work = [.remove(subject, task: WorkItem.life)] }
            try await checked.commit { $0.work = [.remove(subject, task: WorkItem.life)] }
            let items = try await checked.repository.work(after: nil, limit: 10).items
            try expect("tasks", items.map(\.task), ["revocation check"])
        },
        RepositoryCheck("hastening makes an item due earlier and never later") { checked in
            let item = Sample.work("ord_1", in: 60)
            try await checked.put(item)
            for (seconds, expected) in [(90, 60), (30, 30), (45, 30)] {
                let date = Sample.start.adding(.seconds(seconds))
                try await checked.commit { $0.work = [.hasten(item.subject, task: item.task, to: date)] }
                let due = try await checked.repository.work(item.subject, task: item.task)?.due
                try expect("due", due, Sample.start.adding(.seconds(expected)).inMilliseconds)
            }
        },
        RepositoryCheck("hastening what is not there makes no item") { checked in
            let item = Sample.work("ord_1")
            try await checked.commit { $0.work = [.hasten(item.subject, task: item.task, to: Sample.start)] }
            try expect("item", try await checked.repository.work(item.subject, task: item.task), nil)
        },
        RepositoryCheck("hastening leaves the lease alone") { checked in
            try await checked.put(Sample.work("ord_1"))
            var item = try await checked.claimOne()
            let date = Sample.start.adding(.seconds(-5)).inMilliseconds
            try await checked.commit { $0.work = [.hasten(item.subject, task: item.task, to: date)] }
            item.due = date
            try expect("item", try await checked.repository.work(item.subject, task: item.task), item)
        },
        RepositoryCheck("work is listed in the order of its dates, in pages that lose and double nothing") { checked in
            // Every date twice, so that pages end between equal dates.
            let seconds = (0..<20).map { $0 * 7 % 10 }
            for (number, second) in seconds.enumerated() {
                try await checked.put(Sample.work(Sample.id("ord_", number), in: second))
            }
            _ = try await checked.claim(3)
            var found: [WorkItem] = []
            var cursor: PageCursor?
            repeat {
                let page = try await checked.repository.work(after: cursor, limit: 3)
                found += page.items
                cursor = page.next
                guard found.count <= seconds.count else { throw RepositoryCheckFailure("the pages never end") }
            } while cursor != nil
            try expect("items", Set(found.map(\.subject)).count, seconds.count)
            try expect("dates", found.map(\.due), found.map(\.due).sorted())
        },
        RepositoryCheck("work of paused accounts is listed like any other") { checked in
            try await checked.put(.account(Sample.account("main", paused: "wrong password")))
            try await checked.put(
                Sample.work("ord_1", in: 1), Sample.work("ord_2", account: "other", in: 2), Sample.work("ord_3", in: 3))
            let items = try await checked.repository.work(after: nil, limit: 10).items
            try expect("items", items.map(\.subject.id), ["ord_1", "ord_2", "ord_3"])
        },
        RepositoryCheck("work of an account is listed by kind, the first due first") { checked in
            var page = Sample.work("imp_1")
            page.subject = .importRun(ImportID("imp_1"))
            try await checked.put(
                page, Sample.work("ord_1", in: 2), Sample.work("ord_2", in: 1), Sample.work("ord_3", account: "other"))
            let orders = try await checked.repository.work(of: "main", kind: "order", limit: 10)
            try expect("orders", orders.map(\.subject.id), ["ord_2", "ord_1"])
            let first = try await checked.repository.work(of: "main", kind: "order", limit: 1)
            try expect("the first", first.map(\.subject.id), ["ord_2"])
            let imports = try await checked.repository.work(of: "main", kind: "import", limit: 10)
            try expect("imports", imports.map(\.subject.id), ["imp_1"])
            try expect("none", try await checked.repository.work(of: "main", kind: "revocation", limit: 10), [])
        },
    ]
}
