// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Decides for one certificate, and those that succeed it, whether and when a successor is ordered without asking.
    /// Asks no CA and orders nothing: that is the next pass's business.
    ///
    /// Returns the plan; `nil` where none follows, and then the sentence that says why. Throws `badInput` for a choice
    /// that makes no sense, and `refused` for a certificate that has a successor.
    @discardableResult
    public func setAutoRenewal(
        _ choice: AutoRenewal, of id: CertificateID
    ) async throws(LifecycleError) -> (plan: RenewalPlan?, note: String) {
        try check(choice)
        return try await decided {
            let certificate = try await certificate(id)
            if let successor = certificate.successor {
                throw LifecycleError(
                    .refused, "\(id) has a successor already", hint: "decide about \(successor) instead")
            }
            guard let before = try await repository.managed(certificate.managed) else {
                throw LifecycleError(.notFound, "\(id) is not kept alive here")
            }
            let account = try await repository.account(certificate.account)
            var managed = before
            managed.autoRenewal = choice
            managed.isAutoRenewalOwn = true
            // Whoever decides anew wants it tried anew.
            if managed.renewal?.order == nil {
                managed.renewal?.failures.end()
                managed.renewal?.isStuck = false
            }
            let planned = try await planRenewal(of: certificate, managed, account)
            var changes = planned.changes(from: before)
            changes.journal = [
                journal(
                    .certificate(id), name: certificate.facts.commonName, "autoRenewalSet", choice.title)
            ]
            try await repository.commit(changes)
            return (planned.managed.renewal, planned.managed.renewal?.note ?? planned.verdict?.note ?? "off")
        }
    }

    /// The same for all certificates of an account, those that are still to come among them, except for those that
    /// something was decided for by themselves. Switching off takes back what was switched on for single ones, too.
    ///
    /// The plans are made by the next passes; the subject `.account(name)` has the work.
    public func setAutoRenewal(_ choice: AutoRenewal, ofAccount name: String) async throws(LifecycleError) {
        try check(choice)
        try await decided {
            var account = try await account(named: name)
            account.autoRenewal = choice
            var changes = ChangeSet()
            changes.puts = [.account(account)]
            changes.work = [.put(replanWork(name, choice.isEnabled ? .replan : .unite))]
            changes.journal = [journal(.account(name), name: nil, "autoRenewalSet", choice.title)]
            try await repository.commit(changes)
        }
    }

    /// Makes the plans of an account now. Returns false when time was up before they were all made.
    public func replanned(account name: String, within limit: Duration) async throws(RepositoryError) -> Bool {
        let end = time.now().advanced(by: limit)
        while try await repository.work(.account(name), task: Self.replanTask) != nil, !Task.isCancelled {
            guard time.now() < end else { return false }
            if let account = try await repository.account(name), account.isPaused { return false }
            if try await pass(.account(name)) > 0 { continue }
            // Somebody else is at it, or it is read again in a moment.
            do { try await time.clock.sleep(for: .milliseconds(50)) } catch { return false }
        }
        return true
    }

    /// Has a renewal tried now that was given up or is to be tried again later. One that is not due stays so.
    public func retryRenewal(of id: CertificateID) async throws(LifecycleError) {
        try await decided {
            let certificate = try await certificate(id)
            guard var managed = try await repository.managed(certificate.managed), var plan = managed.renewal,
                plan.certificate == id
            else {
                throw LifecycleError(
                    .refused, "no renewal of \(id) is planned",
                    hint:
                        "publicca auto-renew enable --certificate \(id), or renew it: publicca certificate renew \(id)")
            }
            guard plan.dueAt <= time.now(), plan.order == nil else { return }
            plan.failures.end()
            plan.isStuck = false
            managed.renewal = plan
            var changes = ChangeSet()
            changes.puts = [.managed(managed)]
            changes.work = [.put(renewalWork(certificate, .renew, at: time.now()))]
            try await repository.commit(changes)
        }
    }

    private func check(_ choice: AutoRenewal) throws(LifecycleError) {
        if let days = choice.days, !(1...366).contains(days) {
            throw LifecycleError(.badInput, "\(days) days before expiry make no sense", hint: "choose 1 to 366")
        }
        let shares = RenewalPolicy.sensibleShares
        if let share = choice.share, !shares.contains(share) {
            throw LifecycleError(
                .badInput, "\(share) is no sensible share of the lifetime",
                hint: "choose \(shares.lowerBound) to \(shares.upperBound)")
        }
    }
}

extension AutoRenewal {
    /// What was decided, for people.
    public var title: String {
        guard isEnabled else { return "off" }
        let date =
            days.map { "\($0) \($0 == 1 ? "day" : "days") before expiry" }
            ?? share.map { "at \(Int(($0 * 100).rounded())) % of the lifetime" } ?? "at the usual time"
        return date + (followsCA ? ", or when the CA suggests" : "") + (onlyWithKey ? ", only with a key here" : "")
    }
}
