// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

/// What is on record about a certificate's future.
package struct CertificateProspect: Sendable {
    package var certificate: IssuedCertificate
    package var managed: ManagedCertificate?
    package var account: AccountRecord?
    package var hasKey: Bool
    /// As the engine sees it now; `nil` where nothing is to be ordered.
    package var plan: RenewalPlan?
    /// The same of the policy; `nil` where auto-renewal is off.
    package var verdict: RenewalVerdict?
    /// An order that is to succeed it.
    package var order: Order?
    /// The names of targets where it is served.
    package var targets: [String]
    package var windows: [MaintenanceWindow]
    package var policy: RenewalPolicy
    package var retry: RetrySchedule

    package init(
        certificate: IssuedCertificate, managed: ManagedCertificate?, account: AccountRecord?, hasKey: Bool,
        order: Order?, targets: [String], windows: [MaintenanceWindow], policy: RenewalPolicy,
        retry: RetrySchedule
    ) {
        self.certificate = certificate
        self.managed = managed
        self.account = account
        self.hasKey = hasKey
        self.order = order
        self.targets = targets
        self.windows = windows
        self.policy = policy
        self.retry = retry
    }

    var choice: AutoRenewal { managed?.autoRenewal(under: account) ?? AutoRenewal() }
    var id: CertificateID { certificate.id }
}

extension Explanation {
    package init(of prospect: CertificateProspect, at now: Date) {
        let outcome = prospect.outcome(at: now)
        self.init(
            subject: .certificate(prospect.id), name: prospect.certificate.facts.commonName,
            facts: prospect.facts(at: now), rule: outcome.rule, decision: outcome.decision, nextAt: outcome.nextAt,
            changes: prospect.changes(at: now))
    }
}

extension CertificateProspect {
    fileprivate func facts(at now: Date) -> [String] {
        let facts = certificate.facts
        let left = facts.notAfter.timeIntervalSince(now)
        let remaining = left < 0 ? "it ended \(Date.days(-left)) ago" : "\(Date.days(left)) are left"
        var lines = [
            "it is valid from \(facts.notBefore.minute) to \(facts.notAfter.minute), "
                + "\(Date.days(facts.lifetime + 1)), and \(remaining)",
            status(at: now), hasKey ? "its key is here" : "its key is not here", policySource,
        ]
        if let plan { lines.append("its renewal is planned for \(plan.dueAt.minute): \(plan.note)") }
        if let plan, plan.failures.count > 0 {
            lines.append("failed attempts so far: \(plan.failures.count); the last one: \(plan.problem ?? "unknown")")
        }
        if let suggested = certificate.suggestedRenewal {
            lines.append("the CA suggests to renew it from \(suggested.from.minute) to \(suggested.until.minute)")
        }
        if !targets.isEmpty { lines.append("it is served at \(targets.joined(separator: ", "))") }
        if let reason = account?.pausedReason { lines.append("account \(certificate.account) is paused: \(reason)") }
        return lines
    }

    private func status(at now: Date) -> String {
        switch certificate.status(at: now) {
        case .valid, .expired: return "it is \(certificate.status(at: now).rawValue)"
        case .replaced: return "a reissue has replaced it at the CA"
        case .revoked:
            let why = certificate.revocation?.reason.map { " as \($0.name)" } ?? ""
            return "it is revoked\(why), by " + (certificate.isRevokedByUs ? "a wish from here" : "somebody at the CA")
        }
    }

    private var policySource: String {
        let source =
            managed?.isAutoRenewalOwn == true
            ? "decided for it alone"
            : account?.autoRenewal != nil ? "decided for its account" : "nobody decided otherwise"
        guard choice.isEnabled else { return "auto-renewal is off; \(source)" }
        let time =
            choice.days.map { "\(Date.days(Double($0) * 86400)) before it expires" }
            ?? "at \(Int(((choice.share ?? policy.share) * 100).rounded())) % of its lifetime"
        let more =
            (choice.followsCA ? ", or when the CA suggests" : "") + (choice.onlyWithKey ? ", only with a key" : "")
        return "auto-renewal is on, \(time)\(more); \(source)"
    }

    fileprivate func outcome(at now: Date) -> (rule: String, decision: String, nextAt: Date?) {
        if let successor = certificate.successor {
            return ("a certificate with a successor is left alone", "\(successor) is kept alive in its place", nil)
        }
        if let order {
            return (
                "one successor is ordered at a time",
                "order \(order.id) is \(order.phase.rawValue) and is to succeed it",
                nil
            )
        }
        guard let verdict else {
            let ends = certificate.isLive(at: now)
            return (
                "without auto-renewal nothing is ordered, and a person renews it",
                ends ? "it ends on \(certificate.facts.notAfter.minute)" : "nothing follows",
                ends ? certificate.facts.notAfter : nil
            )
        }
        guard let account, let plan else {
            return ("auto-renewal does not renew what is over or what it was told to leave", verdict.note, nil)
        }
        let step = PlannedStep.renewal(plan, of: certificate, verdict, account: account, windows: windows)
        guard step.action != .skip else { return (rule(plan), step.why, nil) }
        let began = max(plan.dueAt, plan.failures.since ?? now)
        let last = policy.givingUp(on: certificate.facts, tryingFrom: began, retry)
        return (
            rule(plan),
            "it is replaced on \(step.at.minute) by \(verdict.means.title): \(verdict.means.reason(verdict.reason, account)); "
                + "what fails is tried again until \(last.minute), then a person is asked", step.at
        )
    }

    private func rule(_ plan: RenewalPlan) -> String {
        if plan.reason == .revokedAtCA {
            return "what somebody else revoked is needed anew at once, unless it is no longer needed"
        }
        let span = policy.span(for: certificate, choice)
        let slot = windows.isEmpty ? "" : "; it waits for a maintenance window unless too little time is left"
        switch span.rule {
        case .suggested(let window):
            return
                "it is renewed in the window that its CA suggests, from \(window.from.minute) to \(window.until.minute)"
                + slot
        case .latest(let rule): return "a successor is ordered \(rule)\(scattered(span, "earlier"))\(slot)"
        case .half(let insteadOf):
            return "a successor is ordered at half of its lifetime, since \(insteadOf) would be before that"
                + scattered(span, "later") + slot
        }
    }

    private func scattered(_ span: DueSpan, _ direction: String) -> String {
        guard span.width > 0 else { return "" }
        let length =
            span.width < 2 * 86400 ? "\(Int((span.width / 3600).rounded())) hours" : Date.days(span.width)
        return ", or up to about \(length) \(direction), so that not all are ordered at once"
    }

    fileprivate func changes(at now: Date) -> [String] {
        if let successor = certificate.successor {
            return ["publicca explain \(successor): what holds for its successor"]
        }
        if let order { return ["publicca explain \(order.id): what its order waits for"] }
        var lines: [String] = []
        if account?.isPaused == true {
            lines.append("publicca account resume \(certificate.account): what is due goes on")
        }
        if choice.isEnabled {
            lines.append("publicca auto-renew disable --certificate \(id): it is left to expire")
            if !hasKey {
                lines.append(
                    "publicca certificate attach-key \(id) --key-file FILE: its key is here, as for one ordered here")
            }
        }
        lines.append(
            "publicca auto-renew enable --days N --certificate \(id): "
                + (choice.isEnabled ? "another date" : "it is renewed by itself"))
        lines.append("publicca certificate renew \(id): a successor is ordered now")
        if choice.isEnabled {
            lines.append("windows in config.yaml: " + (windows.isEmpty ? "renewals wait for them" : "other hours"))
        }
        return lines
    }
}
