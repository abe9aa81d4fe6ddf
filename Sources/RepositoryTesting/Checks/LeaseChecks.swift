// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let leases: [RepositoryCheck] = [
        RepositoryCheck("a lease that ended goes to another, and the fence grows") { checked in
            try await checked.put(Sample.work("ord_1"))
            let first = try await checked.claimOne(by: "first", for: .milliseconds(1500))
            checked.conditions.clock.advance(by: .milliseconds(1499))
            try expect("items before the end", try await checked.claim().count, 0)
            checked.conditions.clock.advance(by: .milliseconds(1))
            let second = try await checked.claimOne(by: "second")
            try expect("worker", second.lease?.worker, "second")
            guard let old = first.lease?.fence, let new = second.lease?.fence, new > old else {
                throw RepositoryCheckFailure("the fence went from \(first) to \(second)")
            }
        },
        RepositoryCheck("a commit under a lease that went to another changes nothing") { checked in
            try await checked.put(Sample.work("ord_1"))
            let late = try await checked.claimOne(by: "late", for: .seconds(1))
            checked.conditions.clock.advance(by: .seconds(2))
            let item = try await checked.claimOne(by: "new")
            try await checked.conflict("a commit under a lost lease") { changes in
                changes.claimed = late
                changes.puts = [.order(Sample.order("ord_1"))]
                changes.work = [.remove(late.subject, task: late.task)]
                changes.journal = [Sample.line("placed")]
            }
            try expect("order", try await checked.repository.order(OrderID("ord_1")), nil)
            try expect("work", try await checked.repository.work(item.subject, task: item.task), item)
            try expect("journal", try await checked.repository.journal(JournalQuery()).items, [])
            try await checked.commit { changes in
                changes.claimed = item
                changes.puts = [.order(Sample.order("ord_1"))]
            }
        },
        RepositoryCheck("a commit under the lease of an item that is gone changes nothing") { checked in
            try await checked.put(Sample.work("ord_1"))
            let item = try await checked.claimOne()
            try await checked.commit { $0.work = [.remove(item.subject, task: item.task)] }
            try await checked.conflict("a commit for work that is gone") { changes in
                changes.claimed = item
                changes.puts = [.order(Sample.order("ord_1"))]
            }
            try expect("order", try await checked.repository.order(OrderID("ord_1")), nil)
        },
        RepositoryCheck("a commit under work that was not claimed is refused") { checked in
            let item = Sample.work("ord_1")
            try await checked.put(item)
            try await checked.conflict("a commit without a lease") { $0.claimed = item }
        },
        RepositoryCheck("an item that comes back after its removal never repeats a fence") { checked in
            try await checked.put(Sample.work("ord_1"))
            let old = try await checked.claimOne(by: "old")
            try await checked.commit { $0.work = [.remove(old.subject, task: old.task)] }
            try await checked.put(Sample.work("ord_1"))
            let new = try await checked.claimOne(by: "new")
            guard let before = old.lease?.fence, let after = new.lease?.fence, after > before else {
                throw RepositoryCheckFailure("the fence went from \(old) to \(new)")
            }
            try await checked.conflict("a commit under the old lease") { $0.claimed = old }
        },
        RepositoryCheck("an item keeps the lease that it is put with") { checked in
            try await checked.put(Sample.work("ord_1"))
            let item = try await checked.claimOne(by: "first", for: .seconds(60))
            var next = item
            next.step = "locate"
            try await checked.commit { changes in
                changes.claimed = item
                changes.work = [.put(next)]
            }
            try expect("item", try await checked.repository.work(item.subject, task: item.task), next)
            try expect("items for others", try await checked.claim(by: "second").count, 0)
            try await checked.commit { changes in
                changes.claimed = next
                changes.work = [.put(Sample.work("ord_1"))]
            }
            let free = try await checked.repository.work(item.subject, task: item.task)
            try expect("lease", free?.lease, nil)
        },
        RepositoryCheck("an item that is put with an old lease keeps its fence") { checked in
            try await checked.put(Sample.work("ord_1"))
            _ = try await checked.claimOne(for: .seconds(1))
            checked.conditions.clock.advance(by: .seconds(2))
            let second = try await checked.claimOne(for: .seconds(1))
            let newest = try require("lease", second.lease).fence
            var stale = Sample.work("ord_1")
            stale.lease = Lease(worker: "old", until: checked.now, fence: newest - 1)
            try await checked.put(stale)
            let kept = try await checked.repository.work(stale.subject, task: stale.task)
            try expect("fence", kept?.lease?.fence, newest)
        },
        RepositoryCheck("an item that is put without a lease takes the work from its holder") { checked in
            try await checked.put(Sample.work("ord_1"))
            let held = try await checked.claimOne()
            var wish = Sample.work("ord_1")
            wish.step = "cancel"
            try await checked.put(wish)
            try await checked.conflict("the removal of newer work") { changes in
                changes.claimed = held
                changes.work = [.remove(held.subject, task: held.task)]
            }
            try await checked.conflict("the replacement of newer work") { changes in
                changes.claimed = held
                changes.work = [.put(held)]
            }
            let kept = try await checked.repository.work(wish.subject, task: wish.task)
            try expect("step", kept?.step, "cancel")
        },
    ]
}
