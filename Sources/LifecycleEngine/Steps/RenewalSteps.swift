// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Renews what is due, by itself: looks at the CA first, orders once, and follows the order to its end.
extension LifecycleEngine {
    /// A certificate with everything that its renewal is about.
    struct Renewing {
        var certificate: IssuedCertificate
        var managed: ManagedCertificate
        var item: WorkItem
    }

    func stepRenewal(_ item: WorkItem) async throws(RepositoryError) {
        guard let certificate = try await repository.certificate(CertificateID(item.subject.id)),
            certificate.successor == nil, let managed = try await repository.managed(certificate.managed)
        else { return try await drop(item) }
        let renewing = Renewing(certificate: certificate, managed: managed, item: item)
        switch RenewalStep(rawValue: item.step) {
        case .plan: _ = try await plan(renewing)
        case .renew: try await renew(renewing)
        case .follow: try await follow(renewing)
        case nil: try await leave(item)
        }
    }

    /// Puts the plan on record. Returns it where it is due now.
    private func plan(_ renewing: Renewing) async throws(RepositoryError) -> PlannedRenewal? {
        let account = try await repository.account(renewing.certificate.account)
        let planned = try await planRenewal(of: renewing.certificate, renewing.managed, account)
        if let next = planned.next, next <= time.now().inMilliseconds, renewing.item.step == RenewalStep.renew.rawValue
        {
            return planned
        }
        var changes = planned.changes(from: renewing.managed)
        changes.claimed = renewing.item
        try await repository.commit(changes)
        emit(.stepped(renewing.item.subject, step: renewing.item.step, note: planned.managed.lastDecision ?? "off"))
        return nil
    }

    private func renew(_ before: Renewing) async throws(RepositoryError) {
        guard let planned = try await plan(before), let account = try await open(for: before.item) else { return }
        var renewing = before
        renewing.managed = planned.managed
        if let running = try await repository.unfinishedSuccessor(of: renewing.certificate.id) {
            return try await follow(running, renewing, "\(running.id) is under way already")
        }
        if let reason = try await formerLife(before: renewing.certificate, .renewal, account.record) {
            guard !account.record.isBehind else { return try await waitForImport(before.item, reason.message) }
            return try await leaveAlone(renewing, reason.message)
        }
        let wanted = planned.verdict?.means ?? .renew
        guard let means = try await means(left: wanted, to: renewing, account) else { return }
        let successor: Order
        do throws(LifecycleError) {
            successor = try await order(by: means, after: renewing.certificate.id)
        } catch {
            return try await failed(renewing, "\(means.title) was not ordered: \(error.description)")
        }
        try await follow(successor, renewing, "ordered as \(means.title)")
    }

    /// An import is on its way, and plans anew at its end.
    private func waitForImport(_ item: WorkItem, _ reason: String) async throws(RepositoryError) {
        emit(.deferred(item.subject, step: item.step, reason: reason))
        try await putOff(item, to: time.now().addingTimeInterval(600))
    }

    private func order(
        by means: RenewalMeans, after id: CertificateID
    ) async throws(LifecycleError) -> Order {
        var wish = SuccessorWish()
        wish.isAutomatic = true
        switch means {
        case .reissue:
            wish.reason = "renewal before expiry"
            return try await reissue(id, wish)
        case .newOrder: return try await orderAnew(id, wish)
        case .renew, .none: return try await renew(id, wish)
        }
    }

    /// How it can be renewed; `nil` where the CA knows of a renewal already: somebody may have renewed it in its portal.
    private func means(
        left wanted: RenewalMeans, to renewing: Renewing, _ account: OpenedAccount
    ) async throws(RepositoryError) -> RenewalMeans? {
        guard let order = try await repository.order(renewing.certificate.order), let reference = order.heldReference
        else { return wanted }
        let provider = account.provider
        switch await read({ () async throws(ProviderError) in try await provider.order(reference) }) {
        case .success(let snapshot):
            guard snapshot.details?.isRenewed == true else { return wanted }
            // The CA may mean the one that was withdrawn or declined, and renews it only once.
            if try await hasEndedSuccessor(renewing.certificate) { return .newOrder }
            try await leaveAlone(renewing, "the CA shows \(reference) as renewed already, though not from here")
        case .failure(let error):
            // Nothing can be renewed that the CA no longer knows.
            if error.disposition == .notFound { return .newOrder }
            if error.disposition == .account {
                var changes = ChangeSet()
                changes.claimed = renewing.item
                changes.work = [.put(renewalWork(renewing.certificate, .renew, at: time.now()))]
                try await commit(changes, pausing: order.account, because: error.description)
            } else {
                try await failed(renewing, "the CA did not say how \(reference) is: \(error.description)")
            }
        }
        return nil
    }

    /// Bought twice would be worse than late: an import brings what was renewed elsewhere here. Looked at again each day.
    private func leaveAlone(_ renewing: Renewing, _ reason: String) async throws(RepositoryError) {
        var managed = renewing.managed
        let id = renewing.certificate.id
        let other = try await stand(in: renewing.certificate)
        managed.renewal?.problem =
            reason
            + (other.map { "; \($0.id) is here for it: publicca auto-renew disable --certificate \(id)" }
                ?? "; import it with: publicca order import --account \(managed.account)")
        // What is here already needs no import.
        managed.renewal?.isRenewedElsewhere = other == nil
        var changes = ChangeSet()
        if let decision = decide(.skipped, reason, .none, renewing.certificate, &managed) {
            changes.puts.append(.decision(decision))
            changes.journal = [journal(of: renewing, "autoRenewalSkipped", reason)]
        }
        let tomorrow = time.now().addingTimeInterval(86400)
        try await commit(renewing, managed, .renew, at: tomorrow, changes)
    }

    func commit(
        _ renewing: Renewing, _ managed: ManagedCertificate, _ step: RenewalStep, at due: Date?, _ more: ChangeSet
    ) async throws(RepositoryError) {
        var changes = more
        changes.claimed = renewing.item
        changes.puts.append(.managed(managed))
        let subject = renewing.item.subject
        changes.work.append(
            due.map { .put(renewalWork(renewing.certificate, step, at: $0)) }
                ?? .remove(subject, task: Self.renewalTask))
        try await repository.commit(changes)
        emit(.stepped(subject, step: renewing.item.step, note: managed.renewal?.problem ?? "under way"))
    }

    func journal(of renewing: Renewing, _ event: String, _ detail: String) -> JournalEntry {
        journal(renewing.item.subject, name: renewing.certificate.facts.commonName, event, detail)
    }
}
