// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel

/// Something sealed that is in every database, so that a wrong master key is noticed at once and not when the first
/// private key is wanted.
enum MasterKeyCheck {
    /// The home's own memory that holds it.
    static let name = "master-key"
    private static let context = SealedFor.memory(name, of: "")

    /// Opens what was sealed when the database was new, or seals it now. Throws `storage` for another key.
    static func pass(
        _ repository: any LifecycleRepository, _ sealing: any Sealing, home: Home
    ) async throws(LifecycleError) {
        do {
            if let record = try await repository.memory(account: "", name: name) {
                return try verify(record, sealing, home)
            }
            var changes = ChangeSet()
            let sealed = try sealing.seal(Data(name.utf8), for: context)
            changes.puts = [.memory(MemoryRecord(account: "", name: name, revision: 0, sealed: sealed))]
            do {
                try await repository.commit(changes)
            } catch RepositoryError.conflict {
                // Another process was faster.
                guard let record = try await repository.memory(account: "", name: name) else { return }
                try verify(record, sealing, home)
            }
        } catch let error as LifecycleError {
            throw error
        } catch let error as RepositoryError {
            throw LifecycleError(error)
        } catch {
            throw LifecycleError(.storage, "\(error)")
        }
    }

    /// Throws `storage` where anything was sealed with a key that is not here: while keys are changed, there are two.
    ///
    /// - Parameters:
    ///   - identifiers: of all keys that sealed anything.
    ///   - database: the file that was sealed, for people.
    static func verify(
        _ identifiers: [String], _ keys: MasterKeyRing, _ home: Home, from database: String
    ) throws(LifecycleError) {
        var missing: String?
        do throws(MaterialError) {
            for identifier in identifiers where try !keys.holds(identifier) { missing = identifier }
        } catch {
            throw LifecycleError(.storage, error.description)
        }
        guard let missing else { return }
        throw LifecycleError(
            .storage, "a part of \(database) was sealed with master key \(missing), which is not here",
            hint: "put it beside the other one in \(home.masterKeyFile), a line each, or give both as "
                + "\(Home.masterKeyVariable)")
    }

    /// Throws `storage` for another key than the one that sealed the record.
    ///
    /// - Parameter database: the file that the record is from, for people.
    static func verify(
        _ record: MemoryRecord, _ sealing: any Sealing, _ home: Home, from database: String? = nil
    ) throws(LifecycleError) {
        do throws(MaterialError) {
            _ = try sealing.open(record.sealed, for: context)
        } catch {
            throw LifecycleError(
                .storage,
                "the master key is not the one that \(database ?? home.database) was sealed with: that is "
                    + (SealedForm.masterKey(of: record.sealed) ?? "of a newer version"),
                hint: "put the right \(home.masterKeyFile) back, or give it as \(Home.masterKeyVariable)")
        }
    }
}
