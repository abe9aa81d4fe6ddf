// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
package import LifecycleEngine
import LifecycleModel
import SQLiteRepository

/// Writes a copy of a home's database while everybody goes on with it.
package struct HomeBackup: Sendable {
    let home: Home
    let environment: [String: String]

    package init(_ home: Home, environment: [String: String]) {
        self.home = home
        self.environment = environment
    }

    /// Writes the copy, reads it through, and only then gives it its name. Returns what is in it.
    ///
    /// Keys and passwords are in it as they are on record: sealed. The master key is not.
    ///
    /// Throws `badInput` where there is something under that name, `notFound` for a home without a database, and
    /// `storage` when the copy cannot be written, is not sound, or was not sealed with this home's key. Nothing is left
    /// behind then.
    ///
    /// - Parameter path: absolute.
    package func write(to path: String) async throws(LifecycleError) -> HomeInspection {
        guard !SystemFile.exists(path) else { throw Self.taken(path) }
        guard SystemFile.exists(home.database) else {
            throw LifecycleError(
                .notFound, "there is no database at \(home.database)", hint: "name its home with --home DIR")
        }
        let keys = try home.masterKeys(environment: environment)
        let sealing = Sealer(keys)
        return try await Self.stored { () throws in
            let draft = try SystemFile.emptyDraft(for: path)
            defer { SystemFile.discard(draft) }
            let repository = try SQLiteRepository(
                path: home.database, now: { Date() }, digest: { Fingerprint.sha256($0) })
            try await MasterKeyCheck.pass(repository, sealing, home: home)
            try await repository.write(to: draft)
            let inspection = try HomeInspection(draft)
            try inspection.checkSoundness(of: "what was written of \(home.database)")
            if let proof = inspection.keyProof { try MasterKeyCheck.verify(proof, sealing, home) }
            try MasterKeyCheck.verify(inspection.masterKeys, keys, home, from: home.database)
            guard try SystemFile.place(draft, as: path) else { throw Self.taken(path) }
            return inspection
        }
    }

    private static func taken(_ path: String) -> LifecycleError {
        LifecycleError(.badInput, "\(path) is there already", hint: "choose another name; a backup replaces nothing")
    }

    /// Runs what reads and writes files, and says what goes wrong in a command's words.
    static func stored<Value>(_ body: () async throws -> Value) async throws(LifecycleError) -> Value {
        do {
            return try await body()
        } catch let error as LifecycleError {
            throw error
        } catch let error as RepositoryError {
            throw LifecycleError(error)
        } catch let error as SystemFailure {
            throw LifecycleError(
                .storage, error.description, hint: error.isFull ? "make room, or choose another place" : nil)
        } catch {
            throw LifecycleError(.storage, "\(error)")
        }
    }
}
