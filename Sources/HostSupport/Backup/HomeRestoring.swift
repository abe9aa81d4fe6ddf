// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
package import LifecycleEngine
import LifecycleModel
import PublicCA
import SQLiteRepository

/// Puts a backup in the place of a database that is not there.
package struct HomeRestoring: Sendable {
    let home: Home
    let environment: [String: String]

    /// What was put in place.
    package struct Outcome: Sendable {
        package let contents: HomeInspection
        package let doubts: RestoredDoubts
        /// Whether its master key is here. Without it nothing that is sealed can be used.
        package let hasMasterKey: Bool
    }

    package init(_ home: Home, environment: [String: String]) {
        self.home = home
        self.environment = environment
    }

    /// Copies the backup into the home, reads it through, has it doubt what may have happened since
    /// (``LifecycleEngine/LifecycleEngine/doubtAfterRestore()``), and only then gives it the database's name: whenever it
    /// is killed, there is no database or a whole one.
    ///
    /// Makes no master key. Throws `notFound` where there is no such file, `badInput` where the home has a database or
    /// remains of one, and `storage` for a file that is not a sound backup of this or an older version, or that was sealed
    /// with another key than the one that is here. The home is then as it was.
    ///
    /// - Parameter path: absolute.
    package func restore(from path: String) async throws(LifecycleError) -> Outcome {
        guard SystemFile.exists(path) else {
            throw LifecycleError(.notFound, "there is no file \(path)", hint: "name a file that publicca backup wrote")
        }
        guard SystemFile.isFile(path) else {
            throw LifecycleError(.badInput, "\(path) is no file", hint: "name a file that publicca backup wrote")
        }
        if SystemFile.exists(path + "-wal") {
            throw LifecycleError(
                .badInput, "\(path) is a database at work, whose newest records are beside it",
                hint: "make a backup of it: publicca backup PATH --home DIR")
        }
        try refuseToReplace()
        try home.prepare()
        let keys = try home.knownMasterKeys(environment: environment)
        let draft = try await HomeBackup.stored { () throws in try SystemFile.emptyDraft(for: home.database) }
        defer { SystemFile.discard(draft) }
        do throws(LifecycleError) {
            return try await fill(draft, from: path, keys)
        } catch {
            // Of the file that was named, not of its copy.
            throw LifecycleError(error.code, error.message.replacing(draft, with: path), hint: error.hint)
        }
    }

    private func fill(
        _ draft: String, from path: String, _ keys: MasterKeyRing?
    ) async throws(LifecycleError) -> Outcome {
        try await HomeBackup.stored { () throws in
            try SystemFile.copy(path, into: draft)
            let contents = try await inspect(draft, from: path)
            if let keys {
                if let proof = contents.keyProof { try MasterKeyCheck.verify(proof, Sealer(keys), home, from: path) }
                try MasterKeyCheck.verify(contents.masterKeys, keys, home, from: path)
            }
            let doubts = try await doubt(draft)
            try refuseToReplace()
            guard try SystemFile.place(draft, as: home.database) else { throw taken(home.database) }
            return Outcome(contents: contents, doubts: doubts, hasMasterKey: keys != nil)
        }
    }

    /// Reads it through, an older backup once more when it was brought forward.
    private func inspect(_ draft: String, from path: String) async throws(LifecycleError) -> HomeInspection {
        do throws(LifecycleError) {
            var contents = try HomeInspection(draft)
            try contents.checkSoundness(of: path)
            if !contents.isCurrent {
                try await HomeBackup.stored { () throws in try await repository(draft).finish() }
                contents = try HomeInspection(draft)
                try contents.checkSoundness(of: path)
            }
            return contents
        } catch {
            throw LifecycleError(.storage, error.message, hint: "nothing was put in place; take another backup")
        }
    }

    private func repository(_ draft: String) throws(RepositoryError) -> SQLiteRepository {
        try SQLiteRepository(path: draft, now: { Date() }, digest: { Fingerprint.sha256($0) })
    }

    private func doubt(_ draft: String) async throws -> RestoredDoubts {
        let repository = try repository(draft)
        let engine = LifecycleEngine(
            repository: repository, accounts: ClosedAccounts(), material: Material(), sealing: Sealer(MasterKey()),
            digest: { Fingerprint.sha256($0) }, time: .host, options: EngineOptions(worker: "restore", actor: .cli))
        let doubts = try await engine.doubtAfterRestore()
        try await repository.finish()
        return doubts
    }

    /// A log that an earlier database left would be read as the new one's.
    private func refuseToReplace() throws(LifecycleError) {
        for ending in ["", "-wal", "-journal"] where SystemFile.exists(home.database + ending) {
            throw taken(home.database + ending)
        }
    }

    private func taken(_ file: String) -> LifecycleError {
        LifecycleError(
            .badInput, "there is \(file) already, and nothing is replaced",
            hint: "choose another home with --home DIR, or, when nothing uses it, move \(home.database)* away")
    }
}

/// Nobody is asked anything while a backup is put back.
private struct ClosedAccounts: AccountOpening {
    func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
        throw LifecycleError(.refused, "no CA is asked while a backup is put back")
    }
}
