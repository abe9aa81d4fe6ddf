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

/// The bounds as they are on record. They are sealed, so that nobody who can only write the database can move them.
struct KeptBounds {
    var bounds = JournalBounds()
    var revision = 0
}

extension LifecycleEngine {
    private static let journalMemory = "journal"
    private static let journalContext = "home:journal"

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
