// SPDX-License-Identifier: Apache-2.0

package import LifecycleModel
import PublicCA
import RepositoryTesting
import Synchronization

/// What a broken engine or repository would make of a commit: for proving that it is found.
package typealias Breakage = @Sendable (ChangeSet) -> ChangeSet

/// Looks at every commit and every purchase, and keeps what is wrong with them.
final class Ledger: Sendable {
    private let repository: MemoryRepository
    private let breakage: Breakage
    private let kept = Mutex<[String]>([])

    init(_ repository: MemoryRepository, _ breakage: @escaping Breakage) {
        self.repository = repository
        self.breakage = breakage
    }

    var findings: [String] { kept.withLock { $0 } }

    func find(_ finding: String) {
        kept.withLock { if !$0.contains(finding) { $0.append(finding) } }
    }

    /// Carries a commit out. A phase that changes is told in the same breath, and what is unfinished has a next step.
    func commit(_ changes: ChangeSet, to inner: MemoryRepository) async throws(RepositoryError) {
        let changes = breakage(changes)
        var former: [OrderID: Order] = [:]
        for order in changes.orders { former[order.id] = try await inner.order(order.id) }
        try await inner.commit(changes)
        for order in changes.orders {
            if !isTold(order, after: former[order.id], in: changes) {
                find("\(order.kind.rawValue) order became \(order.phase.rawValue) without a line in the journal")
            }
            guard !order.phase.isFinal, order.phase != .stuck else { continue }
            if try await inner.work(.order(order.id), task: WorkItem.life) == nil {
                find("\(order.kind.rawValue) order is \(order.phase.rawValue), and nothing follows")
            }
        }
    }

    /// What an import puts down is told by the import's own line, and a lookup before the first purchase by what it
    /// finds.
    private func isTold(_ order: Order, after former: Order?, in changes: ChangeSet) -> Bool {
        guard order.phase != former?.phase, order.kind != .imported else { return true }
        if order.phase == .submitting, order.attempts == former?.attempts { return true }
        return changes.journal.contains { $0.subject == .order(order.id) }
    }

    /// Nothing is bought whose intent and key are not on record.
    func examine(_ request: OrderRequest) async {
        do {
            let order = try await repository.order(account: Surroundings.account, key: request.key)
            if order?.phase != .submitting { find("sent a purchase without its intent on record") }
        } catch {
            find("the repository failed: \(error)")
        }
    }
}

extension ChangeSet {
    var orders: [Order] {
        puts.compactMap { if case .order(let order) = $0 { order } else { nil } }
    }
}
