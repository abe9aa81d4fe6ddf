// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleModel
import PublicCA

/// Where the journal begins, and up to where it has been exported.
package struct JournalBounds: Hashable, Sendable, Codable {
    /// Somebody has kept this elsewhere: only lines up to here may be dropped.
    package var exported: JournalCheckpoint?
    /// The last line that was dropped: a check begins behind it.
    package var pruned: JournalCheckpoint?
}

/// A journal of which every line is what was written.
package struct JournalReport: Hashable, Sendable {
    package var count: Int
    /// The number of the last line that was dropped; 0 where none was.
    package var pruned: Int
    package var last: JournalCheckpoint?
}

/// The bounds as they are on record. They are sealed, so that nobody who can only write the database can move them.
struct KeptBounds {
    var bounds = JournalBounds()
    var revision = 0
}

extension LifecycleEngine {
    private static let journalMemory = "journal"
    private static let journalContext = SealedFor.memory(journalMemory, of: "")

    package func journalBounds() async throws(LifecycleError) -> JournalBounds { try await keptBounds().bounds }

    /// Puts it on record that the journal was exported up to a line, whose hash is kept elsewhere.
    package func recordCheckpoint(_ checkpoint: JournalCheckpoint) async throws(LifecycleError) {
        try await decided {
            var kept = try await keptBounds()
            if let known = kept.bounds.exported, known.sequence >= checkpoint.sequence { return }
            kept.bounds.exported = checkpoint
            var changes = ChangeSet()
            changes.puts = [try record(kept.bounds, replacing: kept)]
            let detail = "through line \(checkpoint.sequence), \(checkpoint.hash)"
            changes.journal = [journal(.host, name: nil, "exported", detail)]
            try await repository.commit(changes)
        }
    }

    /// Reads every line, and recomputes what binds it to the one before. What is known of lines from elsewhere has to be so:
    /// where the journal begins and ends, what was exported, and what the caller has.
    ///
    /// Throws `refused` with the first line that is not what was written, and `storage` when they cannot be read.
    package func verifyJournal(against given: JournalCheckpoint? = nil) async throws(LifecycleError) -> JournalReport {
        var bounds = try await journalBounds()
        while true {
            if let given, let pruned = bounds.pruned, given.sequence < pruned.sequence {
                throw LifecycleError(
                    .badInput,
                    "line \(given.sequence) was dropped since: the journal begins behind line \(pruned.sequence)",
                    hint: "compare with a later checkpoint")
            }
            let fault: JournalFault
            switch try await commanded({ try await follow(bounds, given) }) {
            case .success(let report): return report
            case .failure(let found): fault = found
            }
            // Lines may have been dropped that were about to be read.
            let now = try await journalBounds()
            guard now.pruned != bounds.pruned else {
                throw LifecycleError(.refused, fault.description, hint: "compare with a backup")
            }
            bounds = now
        }
    }

    /// Lines may be added meanwhile: the end that is read first must be reached, and the one that is read last not passed.
    private func follow(
        _ bounds: JournalBounds, _ given: JournalCheckpoint?
    ) async throws -> Result<JournalReport, JournalFault> {
        let marks = [
            try await repository.journalEnd().map { JournalMark($0, from: "was written") },
            bounds.exported.map { JournalMark($0, from: "was exported") },
            given.map { JournalMark($0, from: "is in the file") },
        ].compactMap { $0 }
        var query = JournalQuery()
        query.after = bounds.pruned?.sequence ?? 0
        do {
            var walk = try JournalWalk(after: bounds.pruned, marks: marks, digest: digest)
            var isMore = true
            while isMore {
                let page = try await page(query, behind: walk.last)
                try walk.take(page)
                isMore = query.goOn(behind: page)
            }
            try walk.end(at: try await repository.journalEnd())
            try await repository.checkJournal()
            return .success(JournalReport(count: walk.count, pruned: bounds.pruned?.sequence ?? 0, last: walk.last))
        } catch let fault as JournalFault {
            return .failure(fault)
        }
    }

    private func page(
        _ query: JournalQuery, behind last: JournalCheckpoint?
    ) async throws(RepositoryError) -> Page<JournalEntry> {
        do throws(RepositoryError) {
            return try await repository.journal(query)
        } catch .unreadable(let why) {
            throw .unreadable("the journal cannot be read behind line \(last?.sequence ?? 0): \(why)")
        }
    }

    func keptBounds() async throws(LifecycleError) -> KeptBounds {
        do {
            guard let record = try await repository.memory(account: "", name: Self.journalMemory) else {
                return KeptBounds()
            }
            let opened = try sealing.open(record.sealed, for: Self.journalContext)
            return KeptBounds(
                bounds: try StoredBody.decode(JournalBounds.self, from: opened), revision: record.revision)
        } catch let error as RepositoryError {
            throw LifecycleError(error)
        } catch {
            throw LifecycleError(.storage, "where the journal begins cannot be read: \(error)")
        }
    }

    func record(_ bounds: JournalBounds, replacing kept: KeptBounds) throws(LifecycleError) -> StoredRecord {
        do {
            let sealed = try sealing.seal(StoredBody.encode(bounds), for: Self.journalContext)
            return .memory(
                MemoryRecord(account: "", name: Self.journalMemory, revision: kept.revision, sealed: sealed))
        } catch {
            throw LifecycleError(.storage, "where the journal begins cannot be kept: \(error)")
        }
    }
}
