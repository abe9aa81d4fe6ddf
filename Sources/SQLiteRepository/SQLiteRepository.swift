// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import GRDB
public import LifecycleModel

/// The repository in one file, shared by all processes of one machine.
///
/// One connection, opened quickly: a command line opens it for every command. The file is in write-ahead mode, so that
/// readers of other processes do not wait for writers; every commit is synchronised with the disk before it returns
/// (`synchronous = FULL`), since an intent that a power cut forgets could be bought twice. Writers of several processes
/// take turns, and wait up to half a minute for theirs.
///
/// Cancelling the task does not stop a commit: what came back from a CA is put on record by whoever asked for it.
public final class SQLiteRepository: LifecycleRepository {
    let queue: DatabaseQueue
    let path: String
    let now: @Sendable () -> Date
    let digest: @Sendable (Data) -> String

    /// Opens the file, or makes it, and brings it to this version's form.
    ///
    /// Throws ``RepositoryError/unreadable(_:)`` for a file that is not ours, is damaged or is of a newer version, which
    /// is left as it was, and ``RepositoryError/unavailable(_:)`` when the place cannot be read or written.
    ///
    /// - Parameters:
    ///   - path: of the file; its folder has to be there.
    ///   - now: the clock by which leases end; the same for all who share the file.
    ///   - digest: SHA-256 of some bytes in lower-case hex, for ``JournalChain``.
    public init(
        path: String, now: @escaping @Sendable () -> Date, digest: @escaping @Sendable (Data) -> String
    ) throws(RepositoryError) {
        do {
            self.queue = try DatabaseFile.open(path)
        } catch {
            throw RepositoryError(error, path: path)
        }
        self.path = path
        self.now = now
        self.digest = digest
    }

    /// Runs statements on the connection, whatever becomes of the task that waits for them.
    func perform<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(RepositoryError) -> Result {
        let outcome: Swift.Result<Result, any Error> = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { database in
                continuation.resume(returning: Swift.Result { try body(database) })
            }
        }
        do {
            return try outcome.get()
        } catch {
            throw RepositoryError(error, path: path)
        }
    }
}
