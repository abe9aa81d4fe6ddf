// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

/// One reference at the CA, one record here.
extension LifecycleEngine {
    /// Makes room for a reference that an order has just learnt: the order that it reissues in place passes it on, and
    /// an import that met it first is merged.
    ///
    /// Returns the event as it came, or, when the reference is another order's of ours, that it cannot be told apart.
    func claimReference(
        of event: OrderEvent, for order: Order, in changes: inout ChangeSet
    ) async throws(RepositoryError) -> OrderEvent {
        guard let reference = event.reference, order.reference != reference else { return event }
        // What is ordered again is wanted again, whatever was deleted before.
        if let grave = try await repository.tombstone(account: order.account, reference: reference) {
            changes.deletes.append(.tombstone(grave))
        }
        guard var holder = try await repository.order(account: order.account, reference: reference),
            holder.id != order.id
        else { return event }
        if order.kind == .reissue, order.predecessorAtCA?.order == reference {
            holder.isReferencePassedOn = true
            changes.puts.append(.order(holder))
            return event
        }
        // The order that is to be followed is another one, however alike both look.
        let isFollowed = holder.certificate != nil && holder.certificate == order.predecessor
        guard holder.kind == .imported, !isFollowed else { return .located(.undecided([reference]), asked: time.now()) }
        try await absorb(holder, into: order, in: &changes)
        return event
    }

    /// Puts an order on record. A reissue in place that came to nothing gives the reference back: what the CA shows under
    /// it is the former order's again.
    func put(_ order: inout Order, in changes: inout ChangeSet) async throws(RepositoryError) {
        guard order.kind == .reissue, order.phase.isFinal, order.certificate == nil,
            let reference = order.heldReference, reference == order.predecessorAtCA?.order,
            let predecessor = order.predecessor, let certificate = try await repository.certificate(predecessor),
            var former = try await repository.order(certificate.order), former.reference == reference
        else { return changes.puts.append(.order(order)) }
        order.isReferencePassedOn = true
        former.isReferencePassedOn = false
        changes.puts += [.order(order), .order(former)]
    }

    private func absorb(_ other: Order, into order: Order, in changes: inout ChangeSet) async throws(RepositoryError) {
        changes.deletes.append(.order(other))
        changes.work.append(.remove(.order(other.id), task: WorkItem.life))
        changes.journal.append(
            journal(.order(other.id), name: other.details.commonName, "merged", "it is \(order.id), placed here"))
        if let id = other.certificate, var certificate = try await repository.certificate(id) {
            certificate.order = order.id
            certificate.managed = order.managed
            changes.puts.append(.certificate(certificate))
        }
        if other.managed != order.managed, let managed = try await repository.managed(other.managed) {
            changes.deletes.append(.managed(managed))
            try await releaseDeployments(of: managed.id, because: "it is \(order.id), placed here", in: &changes)
        }
    }
}

extension OrderEvent {
    /// The reference that the event tells of.
    fileprivate var reference: OrderReference? {
        switch self {
        case .placed(let reference), .located(.found(let reference), _), .resolved(.placed(let reference)): reference
        default: nil
        }
    }
}
