// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let claiming: [RepositoryCheck] = [
        RepositoryCheck("an item is not given out twice while its lease lives") { checked in
            try await checked.put(Sample.work("ord_1"))
            let item = try await checked.claimOne(by: "first", for: .seconds(60))
            try expect("worker", item.lease?.worker, "first")
            try expect("end of the lease", item.lease?.until, checked.now.adding(.seconds(60)).inMilliseconds)
            checked.conditions.clock.advance(by: .seconds(59))
            try expect("items for a second worker", try await checked.claim(by: "second").count, 0)
        },
        RepositoryCheck("claimers at the same time share the work and never an item") { checked in
            let count = 60
            for number in 1...count { try await checked.put(Sample.work(Sample.id("ord_", number))) }
            let claimed = try await withThrowingTaskGroup(of: [Subject].self) { group in
                for worker in 1...6 {
                    group.addTask {
                        var mine: [Subject] = []
                        while case let items = try await checked.claim(7, by: "worker \(worker)"), !items.isEmpty {
                            mine += items.map(\.subject)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: [Subject]()) { $0 += $1 }
            }
            try expect("items given out", claimed.count, count)
            try expect("different items given out", Set(claimed).count, count)
        },
        RepositoryCheck("what is not yet due is passed over") { checked in
            try await checked.put(Sample.work("ord_1", in: 10), Sample.work("ord_2", in: 9))
            checked.conditions.clock.advance(by: .seconds(9))
            try expect("items", try await checked.claim().map(\.subject.id), ["ord_2"])
        },
        RepositoryCheck("the longest due comes first, and no more than were asked for") { checked in
            let seconds = [4, 1, 3, 2, 0]
            for second in seconds { try await checked.put(Sample.work("ord_\(second)", in: second)) }
            checked.conditions.clock.advance(by: .seconds(10))
            try expect("first two", try await checked.claim(2).map(\.subject.id), ["ord_0", "ord_1"])
            try expect("the rest", try await checked.claim(9).map(\.subject.id), ["ord_2", "ord_3", "ord_4"])
        },
        RepositoryCheck("a claim for one subject takes only its work") { checked in
            try await checked.put(
                Sample.work("ord_1"), Sample.work("ord_2"), Sample.work("ord_2", task: "revocation check"))
            let tasks = try await checked.claim(subject: .order(OrderID("ord_2"))).map(\.task)
            try expect("tasks", Set(tasks), [WorkItem.life, "revocation check"])
            try expect("what is left", try await checked.claim().map(\.subject.id), ["ord_1"])
        },
        RepositoryCheck("items of paused accounts are passed over until the pause ends") { checked in
            try await checked.put(.account(Sample.account("main")), .account(Sample.account("other")))
            try await checked.put(Sample.work("ord_1"), Sample.work("ord_2", account: "other"))
            var account = try require("account", try await checked.repository.account("main"))
            account.pausedReason = "wrong password"
            try await checked.put(.account(account))
            try await checked.put(Sample.work("ord_3"))
            try expect("items during the pause", try await checked.claim().map(\.subject.id), ["ord_2"])
            account = try require("account", try await checked.repository.account("main"))
            account.pausedReason = nil
            try await checked.put(.account(account))
            let after = try await checked.claim().map(\.subject.id)
            try expect("items after the pause", Set(after), ["ord_1", "ord_3"])
        },
        RepositoryCheck("a paused account that is deleted no longer holds its items back") { checked in
            try await checked.put(.account(Sample.account("main", paused: "wrong password")))
            try await checked.put(Sample.work("ord_1"))
            try expect("items during the pause", try await checked.claim().count, 0)
            let account = try require("account", try await checked.repository.account("main"))
            try await checked.commit { $0.deletes = [.account(account)] }
            try expect("items after the end", try await checked.claim().count, 1)
        },
    ]
}
