// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import GRDB
public import LifecycleModel
import Synchronization

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
    let place: FilePlace
    let now: @Sendable () -> Date
    let digest: @Sendable (Data) -> String
    /// How many tasks use the connection or wait for it.
    private let users = Mutex(0)

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
        path: String, now: @escaping @Sendable () -> Date = { Date() }, digest: @escaping @Sendable (Data) -> String
    ) throws(RepositoryError) {
        do {
            self.queue = try DatabaseFile.open(path)
        } catch {
            throw RepositoryError(error, path: path)
        }
        self.path = path
        self.place = FilePlace(path)
        self.now = now
        self.digest = digest
    }

    /// Runs statements on the connection, whatever becomes of the task that waits for them.
    ///
    /// A free connection is used right here: handing over to another thread and back costs as much as the statements of
    /// a commit. While it is in use, tasks wait without a thread, so that the database never holds more than one thread
    /// of those that tasks share.
    func perform<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws(RepositoryError) -> Result {
        let isFree = users.withLock { users in
            users += 1
            return users == 1
        }
        defer { users.withLock { $0 -= 1 } }
        do {
            return try isFree ? queue.inDatabase(body) : await inTurn(body)
        } catch {
            throw RepositoryError(error, path: path)
        }
    }

    private func inTurn<Result: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncWriteWithoutTransaction { database in
                continuation.resume(with: Swift.Result { try body(database) })
            }
        }
    }
}
