// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
package import LifecycleEngine
package import LifecycleModel
import SQLiteRepository

/// What is in a database of ours, read from its first page to its last.
package struct HomeInspection: Hashable, Sendable {
    package let accounts: Int
    package let orders: Int
    package let certificates: Int
    package let keys: Int
    package let journalLines: Int
    /// Records that nobody can read, whose pages are sound.
    package let unreadable: Int
    /// The identifiers of the master keys that open it, sorted: one, but while they are changed.
    package let masterKeys: [String]
    /// The last line of the journal.
    package let journal: JournalCheckpoint?
    /// What is wrong, a sentence each.
    package let damage: [String]
    /// What to do about that.
    package let advice: String
    /// Whether this version has made it, or brought it forward: only then all of it was looked at.
    let isCurrent: Bool
    /// What tells whose master key it is.
    let keyProof: MemoryRecord?

    /// Changes nothing. Throws `storage` for a file that is not ours or cannot be read at all.
    package init(_ path: String) throws(LifecycleError) {
        let inspection: DatabaseInspection
        do throws(RepositoryError) {
            inspection = try DatabaseInspection(
                path: path, keyProof: MasterKeyCheck.name, digest: { Fingerprint.sha256($0) })
        } catch {
            throw LifecycleError(.storage, error.description, hint: Self.salvage(path))
        }
        func count(_ table: String) -> Int { inspection.rows[table] ?? 0 }
        accounts = count("accounts")
        orders = count("orders")
        certificates = count("certificates")
        keys = count("keys")
        journalLines = count("journal")
        unreadable = inspection.unreadable.values.reduce(0, +)
        masterKeys = inspection.masterKeys.sorted()
        journal = inspection.journal
        damage = inspection.damage
        advice = inspection.isOnlyInIndexes ? Self.rebuild(path) : Self.salvage(path)
        isCurrent = inspection.isCurrent
        keyProof = inspection.keyProof
    }

    /// Throws `storage` for one that is damaged.
    func checkSoundness(of what: String) throws(LifecycleError) {
        guard let first = damage.first else { return }
        let more = damage.count > 1 ? ", and \(damage.count - 1) more of the kind" : ""
        throw LifecycleError(.storage, "\(what) is damaged: \(first)\(more)", hint: advice)
    }

    /// Throws `storage` where a part of it was sealed with a master key that is not here. Where there is none at all, that is
    /// told elsewhere.
    package func checkMasterKeys(_ home: Home, environment: [String: String]) throws(LifecycleError) {
        guard let keys = try home.knownMasterKeys(environment: environment) else { return }
        try MasterKeyCheck.verify(masterKeys, keys, home, from: home.database)
    }

    private static func rebuild(_ path: String) -> String {
        "only indexes are damaged, and a backup has new ones: publicca backup FILE, stop everything that uses it, move "
            + "\(path)* away, then: publicca restore FILE"
    }

    private static func salvage(_ path: String) -> String {
        "put a backup back (publicca restore), or save what can be read: see docs/Backup.md"
    }
}
