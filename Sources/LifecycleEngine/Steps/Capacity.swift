// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// Who comes in while the inventory has a limit.
extension LifecycleEngine {
    /// Only live certificates count, and the successor of one that is kept always fits. Of those that wait, whoever ends
    /// first comes in first; whoever is issued meanwhile waits behind them.
    ///
    /// - Parameter others: certificates that are to be kept in the same breath.
    func hasRoom(for order: Order, beside others: Int = 0) async throws(RepositoryError) -> Bool {
        guard let capacity = options.capacity, order.predecessor == nil, order.certificate == nil else { return true }
        let counts = try await repository.counts()
        let room = capacity - others - counts.live(at: time.now())
        guard room > 0 else { return false }
        let waiting = counts.orders[.awaitingCapacity, default: 0]
        guard order.phase == .awaitingCapacity else {
            // One that was let in is being fetched: it has waited.
            return order.waitingCertificateEndsAt != nil || room > waiting
        }
        if waiting <= room { return true }
        return try await repository.waitingForRoom(limit: min(room, 100)).contains { $0.id == order.id }
    }

    /// What is written with a certificate that takes one of the last places, so that two hosts do not take the same one:
    /// read it before ``hasRoom(for:beside:)``. `nil` while there is plenty of room.
    func lastPlaces() async throws(RepositoryError) -> MemoryRecord? {
        guard let capacity = options.capacity else { return nil }
        let known = try await repository.memory(account: "", name: Self.places)
        guard capacity - (try await repository.counts()).live(at: time.now()) < 100 else { return nil }
        return known ?? MemoryRecord(account: "", name: Self.places, revision: 0, sealed: Data())
    }

    private static let places = "inventory"

    /// Has whoever waits for room look for it at once, as after a change of the limit.
    package func callInWaiting() async throws(RepositoryError) {
        var changes = ChangeSet()
        changes.work = try await callIn()
        if !changes.work.isEmpty { try await repository.commit(changes) }
    }

    /// Has whoever waits first look for room at once. Whoever comes in calls the next.
    func callIn() async throws(RepositoryError) -> [WorkChange] {
        guard options.capacity != nil else { return [] }
        return try await repository.waitingForRoom(limit: 1).map {
            .hasten(.order($0.id), task: WorkItem.life, to: time.now())
        }
    }
}
