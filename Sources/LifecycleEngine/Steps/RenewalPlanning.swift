// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Works out when a certificate is renewed, and keeps it: the date does not move because somebody looks.
extension LifecycleEngine {
    package static let renewalTask = "renewal"

    /// What follows from a certificate's verdict: its managed certificate with the plan, the work, and the row of the
    /// audit where something new was decided.
    struct PlannedRenewal {
        var managed: ManagedCertificate
        var verdict: RenewalVerdict?
        /// When an order is to be tried; `nil` for not at all.
        var next: Date?
        var work: WorkChange
        var decision: RenewalDecision?

        /// - Parameter before: as it is on record.
        func changes(from before: ManagedCertificate) -> ChangeSet {
            var changes = ChangeSet()
            if managed != before { changes.puts.append(.managed(managed)) }
            if let decision { changes.puts.append(.decision(decision)) }
            changes.work = [work]
            return changes
        }
    }

    func planRenewal(
        of certificate: IssuedCertificate, _ before: ManagedCertificate, _ account: AccountRecord?
    ) async throws(RepositoryError) -> PlannedRenewal {
        var managed = before
        let choice = managed.autoRenewal(under: account)
        let nothing = WorkChange.remove(.certificate(certificate.id), task: Self.renewalTask)
        guard choice.isEnabled, let account else {
            managed.renewal = nil
            // Where something was decided before, this is the audit's last word.
            let decision =
                managed.lastDecision == nil
                ? nil : decide(.skipped, "auto-renewal is switched off", .none, certificate, &managed)
            return PlannedRenewal(managed: managed, verdict: nil, work: nothing, decision: decision)
        }
        // As the queue keeps dates: what is due a part of a millisecond later would be planned again and again.
        let now = time.now().inMilliseconds
        var verdict = options.renewal.verdict(
            for: try await renewalInput(of: certificate, managed, choice, account), at: now)
        if verdict.dueAt != nil, !managed.isAutoRenewalOwn, let other = try await stand(in: certificate) {
            verdict = .never(.succeeded, "\(other.id) has the same names and is valid longer")
        }
        guard let dueAt = verdict.dueAt else {
            managed.renewal = nil
            let decision = decide(.skipped, verdict.note, .none, certificate, &managed)
            return PlannedRenewal(managed: managed, verdict: verdict, work: nothing, decision: decision)
        }
        var plan = slot(dueAt, verdict, certificate)
        let next = plan.dueAt
        if let former = managed.renewal, former.certificate == certificate.id {
            (plan.order, plan.failures, plan.problem) = (former.order, former.failures, former.problem)
            plan.isRenewedElsewhere = former.isRenewedElsewhere
            plan.isStuck = former.isStuck && former.reason == plan.reason
            // What has come to nothing stays due since then, however late its next attempt is: or it would never be late.
            let isDue = former.failures.count > 0 || former.dueAt <= now && next <= now
            if isDue, former.reason == plan.reason { plan.dueAt = former.dueAt }
        }
        managed.renewal = plan
        // What is due, or was tried, is decided by what comes of it.
        let isWaiting = plan.dueAt > now && plan.failures.count == 0
        let decision = isWaiting ? decide(.notDue, plan.note, verdict.means, certificate, &managed) : nil
        // What has become of an order comes first, whatever was chosen meanwhile.
        let item =
            plan.order == nil
            ? renewalWork(certificate, .renew, at: next) : renewalWork(certificate, .follow, at: time.now())
        return PlannedRenewal(
            managed: managed, verdict: verdict, next: plan.isStuck ? nil : next,
            work: plan.isStuck ? nothing : .put(item),
            decision: decision)
    }

    /// The date inside of a maintenance window, where the certificate has so much time.
    private func slot(_ dueAt: Date, _ verdict: RenewalVerdict, _ certificate: IssuedCertificate) -> RenewalPlan {
        // As the queue keeps dates: a plan that is a part of a millisecond later would be due again and again.
        var plan = RenewalPlan(
            certificate: certificate.id, dueAt: dueAt.inMilliseconds, reason: verdict.reason, note: verdict.note)
        let emergency = options.renewal.emergency(for: certificate.facts, dueAt: dueAt)
        let earliest = max(dueAt, time.now())
        guard verdict.reason != .revokedAtCA, !options.windows.isOpen(at: earliest) else { return plan }
        guard let window = options.windows.next(from: earliest), window.lowerBound < emergency else {
            plan.note += "; no maintenance window comes in time"
            return plan
        }
        let width = min(window.upperBound, emergency).timeIntervalSince(window.lowerBound)
        plan.dueAt =
            Spread.date(of: certificate.id.rawValue, from: window.lowerBound, width: width).inMilliseconds
        plan.note += ", moved into a maintenance window"
        return plan
    }

    /// Another certificate of the account with all its names that is valid longer: somebody has renewed it without us.
    func stand(in certificate: IssuedCertificate) async throws(RepositoryError) -> IssuedCertificate? {
        var query = CertificateQuery()
        query.account = certificate.account
        query.statuses = [.valid]
        query.withoutSuccessor = true
        query.name = NamePattern(exactly: certificate.facts.commonName)
        query.notAfter = certificate.facts.notAfter.addingTimeInterval(86400)..<Date.distantFuture
        let names = Set(certificate.facts.alternativeNames)
        repeat {
            let page = try await repository.certificates(query)
            let found = page.items.first { other in
                other.managed != certificate.managed && names.isSubset(of: other.facts.alternativeNames)
            }
            if let found { return found }
            query.after = page.next
        } while query.after != nil
        return nil
    }

    /// The row for the audit, unless it would say what the row before says.
    func decide(
        _ verdict: RenewalDecision.Verdict, _ reason: String, _ means: RenewalMeans, _ certificate: IssuedCertificate,
        _ managed: inout ManagedCertificate
    ) -> RenewalDecision? {
        let said = "\(certificate.id) \(verdict.rawValue): \(reason)"
        guard managed.lastDecision != said else { return nil }
        managed.lastDecision = said
        return RenewalDecision(
            id: RenewalDecisionID(newID("dec_")), at: time.now(), certificate: certificate, verdict: verdict,
            means: means, reason: reason)
    }

    func renewalWork(_ certificate: IssuedCertificate, _ step: RenewalStep, at due: Date) -> WorkItem {
        renewalWork(certificate.id, of: certificate.account, step, at: due)
    }

    func renewalWork(
        _ certificate: CertificateID, of account: String, _ step: RenewalStep, at due: Date
    ) -> WorkItem {
        WorkItem(
            subject: .certificate(certificate), task: Self.renewalTask, account: account, step: step.rawValue, due: due)
    }
}

/// What is done next about a renewal. Raw values are stored.
enum RenewalStep: String, CaseIterable {
    /// Work out when it is due.
    case plan
    /// Order the successor.
    case renew
    /// See what has become of the order.
    case follow
}
