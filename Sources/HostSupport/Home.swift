// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import Glibc
import LifecycleEngine
import LifecycleModel
import PublicCA

/// The folder in which everything of one installation is kept, for its owner alone.
public struct Home: Sendable {
    public let path: String

    public var database: String { path + "/publicca.sqlite" }
    public var masterKeyFile: String { path + "/master.key" }

    /// - Parameters:
    ///   - given: what the user named; else `PUBLICCA_HOME`, else the XDG data folder, else its usual place.
    public init(_ given: String?, environment: [String: String]) {
        if let given = given ?? environment["PUBLICCA_HOME"], !given.isEmpty {
            path = given
        } else if let data = environment["XDG_DATA_HOME"], !data.isEmpty {
            path = data + "/publicca"
        } else {
            path = (environment["HOME"] ?? ".") + "/.local/share/publicca"
        }
    }

    /// Makes the folder on first use, with mode 0700. Throws `storage` when it cannot be made.
    func prepare() throws(LifecycleError) {
        guard access(path, F_OK) != 0 else { return }
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LifecycleError(
                .storage, "the home \(path) cannot be made", hint: "choose another with --home, or make it writable")
        }
    }

    /// The key under which secrets are sealed: from `PUBLICCA_MASTER_KEY`, or the home's file, made on first use.
    ///
    /// Never made anew beside an existing database: what is sealed there would be lost.
    func masterKey(environment: [String: String]) throws(LifecycleError) -> MasterKey {
        do throws(MaterialError) {
            if let text = environment["PUBLICCA_MASTER_KEY"] { return try MasterKey(Secret(text)) }
            if let text = try? String(contentsOfFile: masterKeyFile, encoding: .utf8) {
                return try MasterKey(Secret(text))
            }
        } catch {
            throw LifecycleError(.storage, "the master key cannot be used: \(error.description)")
        }
        guard access(masterKeyFile, F_OK) != 0 else {
            throw LifecycleError(.storage, "the master key \(masterKeyFile) cannot be read")
        }
        guard access(database, F_OK) != 0 else {
            throw LifecycleError(
                .storage, "the master key \(masterKeyFile) is missing",
                hint: "put it back, or set PUBLICCA_MASTER_KEY: without it the sealed keys cannot be opened")
        }
        return try makeMasterKey(environment: environment)
    }

    /// Written aside, synchronised, and linked into place: whoever comes second finds the first one's.
    private func makeMasterKey(environment: [String: String]) throws(LifecycleError) -> MasterKey {
        let key = MasterKey()
        let aside = masterKeyFile + ".\(getpid())"
        let file = open(aside, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard file >= 0 else {
            throw LifecycleError(.storage, "the home \(path) cannot be written", hint: "make it writable")
        }
        defer { unlink(aside) }
        let bytes = key.text.reveal { Array(($0 + "\n").utf8) }
        let isWritten = write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        guard close(file) == 0, isWritten else {
            throw LifecycleError(.storage, "the master key cannot be written to \(path): disk full?")
        }
        guard link(aside, masterKeyFile) == 0 else {
            guard errno == EEXIST else { throw LifecycleError(.storage, "the master key cannot be kept in \(path)") }
            return try masterKey(environment: environment)
        }
        return key
    }
}
