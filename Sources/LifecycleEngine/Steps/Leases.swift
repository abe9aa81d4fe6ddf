// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// How long an item stays ours.
extension LifecycleEngine {
    /// The item's lease, made as long from now on as the steps of an order may take: a write at most half of it.
    func lease(of item: WorkItem, for policy: OrderPolicy) -> Lease? {
        guard var lease = item.lease else { return nil }
        lease.until = max(lease.until, time.now().advanced(by: max(options.lease, policy.writeDeadline * 2)))
        return lease
    }

    /// Keeps an item ours between the questions of a step that asks many, as soon as a third of a lease has passed.
    func holdOn(to item: inout WorkItem, since heldSince: inout Date) async throws(RepositoryError) {
        guard time.now() > heldSince.advanced(by: options.lease / 3) else { return }
        try await hold(&item, for: options.lease)
        heldSince = time.now()
    }

    /// Commits a lease of this length from now on.
    func hold(_ item: inout WorkItem, for length: Duration) async throws(RepositoryError) {
        var held = item
        held.lease = renewed(item.lease, for: length)
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.put(held)]
        try await repository.commit(changes)
        item = held
    }

    func renewed(_ lease: Lease?, for length: Duration) -> Lease? {
        guard var lease else { return nil }
        lease.until = time.now().advanced(by: length)
        return lease
    }
}
