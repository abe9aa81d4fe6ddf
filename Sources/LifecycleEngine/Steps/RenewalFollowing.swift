// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What becomes of a renewal that was ordered. The order goes its own way; its end makes this due at once.
extension LifecycleEngine {
    /// Notes the order that is to bring the successor.
    func follow(_ order: Order, _ renewing: Renewing, _ note: String) async throws(RepositoryError) {
        var managed = renewing.managed
        managed.renewal?.order = order.id
        managed.renewal?.problem = nil
        managed.renewal?.isRenewedElsewhere = false
        managed.renewal?.isStuck = false
        var changes = ChangeSet()
        if renewing.managed.renewal?.order != order.id {
            let why = managed.renewal?.note ?? ""
            changes.journal = [journal(of: renewing, "autoRenewal", "\(order.id), \(note): \(why)")]
        }
        try await commit(renewing, managed, .follow, at: time.now().addingTimeInterval(3600), changes)
    }

    func follow(_ renewing: Renewing) async throws(RepositoryError) {
        guard let id = renewing.managed.renewal?.order, let order = try await repository.order(id) else {
            return try await failed(renewing, "the order that was to renew it is gone")
        }
        switch order.phase {
        case .rejected, .cancelled:
            // One that was at the CA was not wanted by somebody: whether to ask again is for a person to say.
            try await failed(
                renewing, "its order was \(order.phase.rawValue): \(order.problem ?? "")", order: id,
                isFinal: order.reference != nil)
        case .stuck:
            // Its person decides about the order; buying beside it could buy twice.
            var managed = renewing.managed
            managed.renewal?.problem = "\(id) is stuck: \(order.problem ?? "")"
            var changes = ChangeSet()
            if var decision = decide(.failed, "its order is stuck", .none, renewing.certificate, &managed) {
                decision.order = id
                changes.puts = [.decision(decision)]
            }
            try await commit(renewing, managed, .follow, at: time.now().addingTimeInterval(86400), changes)
        default: try await putOff(renewing.item, to: time.now().addingTimeInterval(3600))
        }
    }

    /// Tried again by the schedule of failures, until it ends or the time for trying is over. Then a person is asked.
    func failed(
        _ renewing: Renewing, _ problem: String, order: OrderID? = nil, isFinal: Bool = false
    ) async throws(RepositoryError) {
        var managed = renewing.managed
        guard var plan = managed.renewal else { return try await drop(renewing.item) }
        let now = time.now()
        let began = max(plan.dueAt, plan.failures.since ?? now)
        let end = options.renewal.endOfTrying(on: renewing.certificate.facts, from: began)
        var next = options.retry.afterFailure(plan.failures, at: now).map { now.advanced(by: $0) }
        if let date = next, isFinal || date > end { next = nil }
        plan.order = nil
        plan.failures.extend(at: now)
        plan.problem = problem
        plan.isRenewedElsewhere = false
        plan.isStuck = next == nil
        managed.renewal = plan
        var changes = ChangeSet()
        let reason = next == nil ? "given up: \(problem)" : problem
        if var decision = decide(.failed, reason, .none, renewing.certificate, &managed) {
            decision.order = order
            changes.puts = [.decision(decision)]
            changes.journal = [journal(of: renewing, plan.isStuck ? "autoRenewalStuck" : "autoRenewalFailed", reason)]
        }
        try await commit(renewing, managed, .renew, at: next, changes)
    }

    /// What follows from a new certificate that has taken a managed certificate's place: the audit's row where auto-renewal
    /// ordered it, the plan for the next one, and its way to where it is served. Sets ``ManagedCertificate/current``.
    func succeed(
        in managed: inout ManagedCertificate, by certificate: IssuedCertificate, of order: Order,
        _ account: AccountRecord?
    ) async throws(RepositoryError) -> ChangeSet {
        var changes = ChangeSet()
        if let former = managed.current, former != certificate.id {
            changes.work.append(.remove(.certificate(former), task: Self.renewalTask))
            // Its end may come before its beginning is on record here.
            if let plan = managed.renewal, order.isAutomatic || plan.order == order.id,
                let old = try await repository.certificate(former),
                var decision = decide(.renewed, plan.note, RenewalMeans(order.kind), old, &managed)
            {
                decision.order = order.id
                decision.successor = certificate.id
                changes.puts.append(.decision(decision))
            }
            managed.renewal = nil
        }
        managed.current = certificate.id
        changes.work += deploymentWork(for: certificate)
        let planned = try await planRenewal(of: certificate, managed, account)
        managed = planned.managed
        changes.work.append(planned.work)
        if var decision = planned.decision {
            // Behind the row above, of which it is the consequence.
            decision.at = decision.at.addingTimeInterval(0.001)
            decision.id = RenewalDecisionID(newID("dec_", at: decision.at))
            changes.puts.append(.decision(decision))
        }
        return changes
    }
}

extension RenewalMeans {
    fileprivate init(_ kind: OrderKind) {
        self =
            switch kind {
            case .reissue: .reissue
            case .renewal: .renew
            case .new, .imported: .newOrder
            }
    }
}
