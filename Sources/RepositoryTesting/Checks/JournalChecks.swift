// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let journal: [RepositoryCheck] = [
        RepositoryCheck("journal lines are numbered without gaps and chained, whoever commits when") { checked in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...20 {
                    group.addTask {
                        try await checked.commit { changes in
                            changes.journal = [Sample.line("began \(number)"), Sample.line("ended \(number)")]
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await checked.conflict("a line of a refused commit") { changes in
                changes.claimed = Sample.work("ord_1")
                changes.journal = [Sample.line("never")]
            }
            try await checked.commit { $0.journal = [Sample.line("last", name: nil)] }
            let lines = try await checked.repository.journal(JournalQuery()).items
            try expect("numbers", lines.map(\.sequence), Array(1...41))
            var previous = ""
            for line in lines {
                let hash = JournalChain.hash(line, after: previous, digest: checked.conditions.digest)
                try expect("hash of line \(line.sequence)", line.hash, hash)
                previous = line.hash
            }
            let events = lines.map(\.event)
            for number in 1...20 {
                let begin = try require("line", events.firstIndex(of: "began \(number)"))
                try expect("line after", events[begin + 1], "ended \(number)")
            }
        },
        RepositoryCheck("a journal line comes back as it was written") { checked in
            for actor in [JournalEntry.Actor.cli, .run, .schedule] {
                var line = JournalEntry(
                    at: Sample.start, subject: .account("main"), name: actor == .run ? "" : nil,
                    event: "paused — \"403\"", detail: "a\nb", actor: actor, answer: actor == .cli ? "5e88" : nil)
                try await checked.commit { [line] in $0.journal = [line] }
                let stored = try require("line", try await checked.repository.journal(JournalQuery()).items.last)
                line.sequence = stored.sequence
                line.hash = stored.hash
                try expect("line", stored, line)
            }
        },
        RepositoryCheck("the journal is read by subject, and by name without case") { checked in
            try await checked.commit { changes in
                changes.journal = [
                    Sample.line("1", about: "ord_1", name: "www.example.org"),
                    Sample.line("2", about: "ord_2", name: "WWW.Example.ORG"),
                    Sample.line("3", about: "ord_1", name: nil),
                    Sample.line("4", about: "ord_2", name: "example.org"),
                ]
            }
            func events(_ fill: (inout JournalQuery) -> Void) async throws -> [String] {
                var query = JournalQuery()
                fill(&query)
                return try await checked.repository.journal(query).items.map(\.event)
            }
            let first = Subject.order(OrderID("ord_1"))
            try expect("by subject", try await events { $0.subject = first }, ["1", "3"])
            try expect("by name", try await events { $0.name = "www.EXAMPLE.org" }, ["1", "2"])
            let both = try await events {
                $0.subject = first
                $0.name = "www.example.org"
            }
            try expect("by both", both, ["1"])
            let after = try await events {
                $0.name = "www.example.org"
                $0.after = 1
            }
            try expect("by name after a line", after, ["2"])
        },
        RepositoryCheck("the journal is paged by number") { checked in
            try await checked.commit { $0.journal = (1...10).map { Sample.line("\($0)") } }
            var query = JournalQuery()
            query.limit = 4
            var pages: [[String]] = []
            while pages.count < 5 {
                let page = try await checked.repository.journal(query)
                pages.append(page.items.map(\.event))
                guard let last = page.items.last, page.next != nil else { break }
                query.after = last.sequence
            }
            try expect("pages", pages, [["1", "2", "3", "4"], ["5", "6", "7", "8"], ["9", "10"]])
            query = JournalQuery()
            query.isNewestFirst = true
            query.limit = 2
            let last = try await checked.repository.journal(query).items
            try expect("the last lines", last.map(\.sequence), [10, 9])
        },
        RepositoryCheck("a pruned journal goes on where it was, and its newest line stays") { checked in
            try await checked.commit { $0.journal = (1...6).map { Sample.line("\($0)") } }
            let before = try await checked.repository.journal(JournalQuery()).items
            try await checked.commit { changes in
                changes.prunesJournalThrough = 4
                changes.journal = [Sample.line("7")]
            }
            let kept = try await checked.repository.journal(JournalQuery()).items
            try expect("kept lines", kept.map(\.event), ["5", "6", "7"])
            try expect("a line that was there", kept.first, before[4])
            try expect(
                "the hash of a new line", kept[2].hash,
                JournalChain.hash(kept[2], after: kept[1].hash, digest: checked.conditions.digest))
            try await checked.conflict("pruning without a lease") { changes in
                changes.claimed = Sample.work("ord_1")
                changes.prunesJournalThrough = 5
            }
            try await checked.commit { $0.prunesJournalThrough = 100 }
            try await checked.commit { $0.journal = [Sample.line("8")] }
            let rest = try await checked.repository.journal(JournalQuery()).items
            try expect("numbers at the end", rest.map(\.sequence), [7, 8])
            try expect(
                "the hash after that", rest[1].hash,
                JournalChain.hash(rest[1], after: rest[0].hash, digest: checked.conditions.digest))
        },
    ]
}
