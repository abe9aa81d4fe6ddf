// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Synchronization

/// A repository under check, with what checks do to it again and again.
struct CheckedRepository: Sendable {
    let repository: any LifecycleRepository
    let conditions: RepositoryConditions

    var now: Date { conditions.clock.now }

    func put(_ records: StoredRecord...) async throws {
        try await commit { $0.puts = records }
    }

    func put(_ items: WorkItem...) async throws {
        try await commit { $0.work = items.map { .put($0) } }
    }

    func commit(_ fill: (inout ChangeSet) -> Void) async throws {
        var changes = ChangeSet()
        fill(&changes)
        try await repository.commit(changes)
    }

    /// Expects the commit to be refused as a conflict.
    func conflict(_ what: String, _ fill: (inout ChangeSet) -> Void) async throws {
        do {
            try await commit(fill)
        } catch RepositoryError.conflict {
            return
        }
        throw RepositoryCheckFailure("\(what) was accepted")
    }

    func claim(
        _ limit: Int = 100, by worker: String = "worker", for length: Duration = .seconds(60),
        subject: Subject? = nil
    ) async throws -> [WorkItem] {
        try await repository.claim(
            WorkClaim(worker: worker, limit: limit, length: length, dueBy: now, subject: subject))
    }

    /// A failed claim is a failure of the check, not an empty list.
    func claimOne(by worker: String = "worker", for length: Duration = .seconds(60)) async throws -> WorkItem {
        let items = try await claim(1, by: worker, for: length)
        guard let item = items.first else { throw RepositoryCheckFailure("there was work, but none was given out") }
        return item
    }
}

/// Time that stands still until a check moves it.
final class CheckClock: Sendable {
    private let time = Mutex(Sample.start)

    var now: Date { time.withLock { $0 } }

    func advance(by length: Duration) {
        time.withLock { $0 = $0.adding(length) }
    }
}

/// Fails unless both are equal.
func expect<Value: Equatable>(
    _ what: String, _ found: Value, _ expected: Value
) throws(RepositoryCheckFailure) {
    guard found == expected else {
        throw RepositoryCheckFailure("\(what): expected \(expected), found \(found)")
    }
}

/// Fails when there is nothing.
func require<Value>(_ what: String, _ found: Value?) throws(RepositoryCheckFailure) -> Value {
    guard let found else { throw RepositoryCheckFailure("\(what) is missing") }
    return found
}
