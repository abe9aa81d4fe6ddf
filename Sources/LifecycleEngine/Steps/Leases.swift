// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// How long an item stays ours.
extension LifecycleEngine {
    /// The item's lease, made as long from now on as the steps of an order may take: a write at most half of it.
    func lease(of item: WorkItem, for policy: OrderPolicy) -> Lease? {
        extended(item.lease, by: max(options.lease, policy.writeDeadline * 2))
    }

    /// Keeps an item ours while a step asks many questions.
    func holdOn(to item: inout WorkItem) async throws(RepositoryError) {
        var held = item
        held.lease = lengthened(item)
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.put(held)]
        try await repository.commit(changes)
        item = held
    }

    /// The same between questions, as soon as a third of a lease has passed.
    func holdOn(to item: inout WorkItem, since heldSince: inout Date) async throws(RepositoryError) {
        guard time.now() > heldSince.advanced(by: options.lease / 3) else { return }
        try await holdOn(to: &item)
        heldSince = time.now()
    }

    /// A lease from now on.
    func lengthened(_ item: WorkItem) -> Lease? { extended(item.lease, by: options.lease) }

    private func extended(_ lease: Lease?, by length: Duration) -> Lease? {
        guard var lease else { return nil }
        lease.until = max(lease.until, time.now().advanced(by: length))
        return lease
    }
}
