// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
import Synchronization

/// A repository that forgets everything with the process: for tests, and as the plainest reading of the contract.
///
/// It keeps every promise that ``RepositoryCheck`` checks. Records go through the same encoding as in a database, so
/// that dates come back in whole milliseconds. Lists and rules of uniqueness read all records: fit for thousands.
public final class MemoryRepository: LifecycleRepository {
    private let state: Mutex<MemoryState>
    private let now: @Sendable () -> Date
    private let digest: @Sendable (Data) -> String

    /// - Parameters:
    ///   - now: the clock by which leases end.
    ///   - digest: SHA-256 of some bytes in lower-case hex, for ``JournalChain``.
    public init(now: @escaping @Sendable () -> Date, digest: @escaping @Sendable (Data) -> String) {
        self.state = Mutex(MemoryState())
        self.now = now
        self.digest = digest
    }

    public func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        let time = now()
        return state.withLock { $0.claim(request, at: time) }
    }

    public func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        try state.withLock { (state) throws(RepositoryError) in
            var changed = state
            try changed.apply(changes, digest: digest)
            state = changed
        }
    }

    func read<Result: Sendable>(_ body: (MemoryState) -> Result) -> Result {
        state.withLock { body($0) }
    }
}
