// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import RepositoryTesting
import Synchronization

/// Remembers what an engine asked for, in order, so that it can be asked for again.
final class RecordingRepository<Inner: LifecycleRepository>: ForwardingRepository {
    let inner: Inner
    private let calls = Mutex<[RepositoryCall]>([])

    init(_ inner: Inner) { self.inner = inner }

    var recorded: [RepositoryCall] { calls.withLock { $0 } }

    func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        calls.withLock { $0.append(.claim(request)) }
        return try await inner.claim(request)
    }

    func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        calls.withLock { $0.append(.commit(changes)) }
        try await inner.commit(changes)
    }
}

/// A call that changes something.
enum RepositoryCall: Sendable {
    case claim(WorkClaim)
    case commit(ChangeSet)
}

extension [RepositoryCall] {
    var commits: [ChangeSet] {
        compactMap { call in
            if case .commit(let changes) = call { changes } else { nil }
        }
    }
}
