// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    static let journalEnds: [RepositoryCheck] = [
        RepositoryCheck("the last line of the journal is kept apart, whatever is pruned") { checked in
            try expect("the end of no journal", try await checked.repository.journalEnd(), nil)
            for events in [["1"], ["2", "3"], ["4"]] {
                try await checked.commit { $0.journal = events.map { Sample.line($0) } }
                let last = try require("line", try await checked.repository.journal(JournalQuery()).items.last)
                try expect("the end", try await checked.repository.journalEnd(), JournalCheckpoint(last))
            }
            try await checked.commit { $0.prunesJournalThrough = 4 }
            try expect("the end after pruning", try await checked.repository.journalEnd()?.sequence, 4)
            try await checked.repository.checkJournal()
        },
        RepositoryCheck("a character that ends a text in a database does not break the chain") { checked in
            var line = Sample.line("be\0fore")
            line.detail = "the CA said\0and more"
            try await checked.commit { [line] in $0.journal = [line, Sample.line("after")] }
            let lines = try await checked.repository.journal(JournalQuery()).items
            try expect("detail", lines.first?.detail, "the CA said\u{FFFD}and more")
            var walk = try JournalWalk(after: nil, marks: [], digest: checked.conditions.digest)
            try walk.take(Page(items: lines, next: nil))
            try walk.end(at: try await checked.repository.journalEnd())
        },
    ]

    static let sealing: [RepositoryCheck] = [
        RepositoryCheck("what was sealed with a retired master key is not taken any more") { checked in
            let sealed = { (key: UInt8) in Data([1, 0, 0, 0, key, 9, 9]) }
            let memory = { (name: String, key: UInt8) in
                StoredRecord.memory(MemoryRecord(account: "main", name: name, revision: 0, sealed: sealed(key)))
            }
            try await checked.put(memory("before", 1))
            try await checked.commit { $0.retiredKeys = ["00000001"] }
            try await checked.conflict("a retired key") { $0.puts = [memory("fresh", 2), memory("late", 1)] }
            try expect("half of it", try await checked.repository.memory(account: "main", name: "fresh"), nil)
            var account = Sample.account("late")
            account.secrets = ["password": .sealed(sealed(1))]
            try await checked.conflict("a retired key of a secret") { [account] in $0.puts = [.account(account)] }
            let managed = ManagedCertificate(
                id: ManagedCertificateID("mgd_1"), account: "main", createdAt: Sample.start,
                keystore: KeystoreChoice(format: .jks, sealedPassword: sealed(1)))
            try await checked.conflict("a retired key of a password") { $0.puts = [.managed(managed)] }
            try await checked.put(memory("fresh", 2))
            let left = try await checked.repository.memory(account: "main", name: "before")
            var before = try require("what was there", left)
            // What is there already keeps nobody from working.
            try await checked.put(.memory(before))
            before.revision += 1
            var other = before
            other.sealed.append(9)
            try await checked.conflict("another text of a retired key") { [other] in $0.puts = [.memory(other)] }
            try await checked.commit { [before] in $0.deletes = [.memory(before)] }
        },
        RepositoryCheck("keys and memories are paged, whoever they belong to") { checked in
            let places = [("", "d"), ("", "e"), ("main", "a"), ("main", "b"), ("other", "a")]
            for (account, name) in places.reversed() {
                try await checked.put(
                    .memory(MemoryRecord(account: account, name: name, revision: 0, sealed: Data([7]))))
            }
            var seen: [String] = []
            var cursor: PageCursor?
            repeat {
                let page = try await checked.repository.memories(after: cursor, limit: 2)
                seen += page.items.map { "\($0.account)/\($0.name)" }
                cursor = page.next
            } while cursor != nil && seen.count < 10
            try expect("memories", seen, places.map { "\($0)/\($1)" })
            for digest in ["cc", "aa", "bb"] {
                try await checked.put(
                    .key(
                        SealedKey(
                            publicKey: PublicKeyDigest(digest), algorithm: .ecP256, sealed: Data([7]),
                            createdAt: Sample.start)))
            }
            let first = try await checked.repository.keys(after: nil, limit: 2)
            let rest = try await checked.repository.keys(after: first.next, limit: 2)
            let digests = (first.items + rest.items).map(\.publicKey.rawValue)
            try expect("keys", digests, ["aa", "bb", "cc"])
            try expect("the end", rest.next, nil)
        },
    ]
}
