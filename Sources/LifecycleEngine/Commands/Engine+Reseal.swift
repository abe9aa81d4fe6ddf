// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// How many secrets of each kind were sealed anew.
package struct ResealCounts: Hashable, Sendable {
    package var keys = 0
    package var memories = 0
    package var keystorePasswords = 0
    package var accountSecrets = 0

    package static let none = ResealCounts()
}

extension LifecycleEngine {
    /// Seals all that is sealed with other master keys with the newest one.
    ///
    /// Other engines may be at work: what they change meanwhile is looked at again. Returns when a look at everything has
    /// found nothing that is sealed with another key; since the repository takes nothing more that is sealed with a retired
    /// one, nothing is then left of it. Throws `storage` when something cannot be opened or read.
    ///
    /// - Parameters:
    ///   - newest: the identifier of the key that seals now.
    ///   - old: those of the keys that are to be dropped.
    package func reseal(
        under newest: String, retiring old: Set<String>
    ) async throws(LifecycleError) -> ResealCounts {
        let keys = old.sorted().joined(separator: ", ")
        try await commanded {
            var changes = ChangeSet()
            changes.retiredKeys = old
            changes.journal = [journal(.host, name: nil, "keyRotation", "from master key \(keys) to \(newest)")]
            try await repository.commit(changes)
        }
        return try await commanded {
            var resealing = Resealing(engine: self, newest: newest)
            // A record that a busy engine changes each time it is looked at is met at rest at some time.
            for _ in 0..<Self.looks {
                try await resealing.look()
                guard resealing.left == 0 else { continue }
                var changes = ChangeSet()
                changes.journal = [journal(.host, name: nil, "keyRotated", "nothing is sealed with \(keys) any more")]
                try await repository.commit(changes)
                return resealing.counts
            }
            throw LifecycleError(
                .refused, "\(resealing.left) records changed whenever they were to be sealed anew",
                hint: "both keys stay; run key rotate again")
        }
    }

    private static let looks = 20
}

/// Looks at everything that may be sealed, again and again.
private struct Resealing {
    let engine: LifecycleEngine
    let newest: String
    var counts = ResealCounts.none
    /// What the last look could not seal anew, since somebody else changed it meanwhile.
    var left = 0
    private var damaged: [String] = []

    private static let recordsAtOnce = 200

    init(engine: LifecycleEngine, newest: String) {
        self.engine = engine
        self.newest = newest
    }

    mutating func look() async throws {
        left = 0
        damaged = []
        let repository = engine.repository
        try await take(repository.accounts().map { .account($0) })
        try await takePages { cursor in
            try await Self.records(repository.keys(after: cursor, limit: Self.recordsAtOnce)) { .key($0) }
        }
        try await takePages { cursor in
            try await Self.records(repository.memories(after: cursor, limit: Self.recordsAtOnce)) { .memory($0) }
        }
        try await takePages { cursor in
            var query = ManagedQuery()
            query.after = cursor
            query.limit = Self.recordsAtOnce
            return try await Self.records(repository.managed(query)) { .managed($0) }
        }
        guard damaged.isEmpty else {
            let names = damaged.prefix(5).joined(separator: ", ") + (damaged.count > 5 ? " and others" : "")
            throw LifecycleError(
                .storage, "\(damaged.count) cannot be sealed anew: \(names)",
                hint: "both keys stay; put these back from a backup, or delete them, and run key rotate again")
        }
    }

    private static func records<Record>(
        _ page: Page<Record>, _ stored: (Record) -> StoredRecord
    ) -> Page<StoredRecord> {
        Page(items: page.items.map(stored), next: page.next, unreadable: page.unreadable)
    }

    private mutating func takePages(_ page: (PageCursor?) async throws -> Page<StoredRecord>) async throws {
        var cursor: PageCursor?
        repeat {
            let page = try await page(cursor)
            damaged += page.unreadable.map(\.reference)
            try await take(page.items)
            cursor = page.next
        } while cursor != nil
    }

    /// Commits what is sealed anew, together where nobody is in the way, else one by one.
    private mutating func take(_ records: [StoredRecord]) async throws {
        let resealed = records.compactMap { reseal($0) }
        guard !resealed.isEmpty else { return }
        do {
            try await commit(resealed)
        } catch RepositoryError.conflict {
            for record in resealed {
                do { try await commit([record]) } catch RepositoryError.conflict { left += 1 }
            }
        }
    }

    private mutating func commit(_ records: [StoredRecord]) async throws {
        var changes = ChangeSet()
        changes.puts = records
        try await engine.repository.commit(changes)
        for record in records {
            switch record {
            case .key: counts.keys += 1
            case .memory: counts.memories += 1
            case .managed: counts.keystorePasswords += 1
            case .account: counts.accountSecrets += record.record.sealedParts.count
            default: continue
            }
        }
    }

    /// `nil` where all parts are sealed with the newest key already, and where one cannot be opened.
    private mutating func reseal(_ record: StoredRecord) -> StoredRecord? {
        let keys = record.record.sealedParts.values.map { SealedForm.masterKey(of: $0) }
        guard keys.contains(where: { $0 != newest }) else { return nil }
        do {
            return try record.resealed { sealed, context in
                let anew = try engine.sealing.seal(engine.sealing.open(sealed, for: context), for: context)
                guard SealedForm.masterKey(of: anew) == newest else {
                    throw MaterialError("the master key was changed by somebody else")
                }
                return anew
            }
        } catch {
            damaged.append("\(record.record.title) (\(error))")
            return nil
        }
    }
}
