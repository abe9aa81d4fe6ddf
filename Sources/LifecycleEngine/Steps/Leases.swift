// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// How long an item stays ours.
extension LifecycleEngine {
    /// The item's lease, made as long from now on as the steps of an order may take: a write at most half of it.
    func lease(of item: WorkItem, for policy: OrderPolicy) -> Lease? {
        extended(item.lease, by: max(options.lease, policy.writeDeadline * 2))
    }

    /// Keeps an item ours while a step asks many questions: called between them, it commits a longer lease as soon as a
    /// third of one has passed. What is left is always enough for the two reads of one row.
    func holdOn(to item: inout WorkItem, since heldSince: inout Date) async throws(RepositoryError) {
        guard time.now() > heldSince.advanced(by: options.lease / 3) else { return }
        var held = item
        held.lease = extended(item.lease, by: options.lease + options.readDeadline * 2)
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.put(held)]
        try await repository.commit(changes)
        item = held
        heldSince = time.now()
    }

    private func extended(_ lease: Lease?, by length: Duration) -> Lease? {
        guard var lease else { return nil }
        lease.until = max(lease.until, time.now().advanced(by: length))
        return lease
    }
}
