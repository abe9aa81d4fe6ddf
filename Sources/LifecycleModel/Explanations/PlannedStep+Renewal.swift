// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

extension PlannedStep {
    /// What is to become of a certificate whose renewal is planned.
    ///
    /// - Parameters:
    ///   - verdict: as the policy sees it now.
    ///   - account: the certificate's; `nil` where it was removed.
    package static func renewal(
        _ plan: RenewalPlan, of certificate: IssuedCertificate, _ verdict: RenewalVerdict, account: AccountRecord?,
        windows: [MaintenanceWindow]
    ) -> PlannedStep {
        var step = PlannedStep(
            at: plan.dueAt, subject: .certificate(certificate.id), account: certificate.account,
            commonName: certificate.facts.commonName, action: .skip, why: "")
        if plan.isStuck {
            step.why = "given up: \(plan.problem ?? "no reason is on record")"
            return step
        }
        guard verdict.dueAt != nil, let account else {
            step.why = account == nil ? "account \(certificate.account) is gone" : verdict.note
            return step
        }
        var reasons = [plan.note]
        if !windows.isEmpty, let window = windows.next(from: plan.dueAt), window.contains(plan.dueAt) {
            reasons.append("the maintenance window is from \(window.lowerBound.minute) to \(window.upperBound.minute)")
        }
        step.action = PlannedAction(verdict.means)
        reasons.append("by \(verdict.means.title): \(verdict.means.reason(verdict.reason, account))")
        if plan.failures.count > 0 {
            reasons.append(
                "failed attempts so far: \(plan.failures.count), the last one because \(plan.problem ?? "of an unknown reason")"
            )
        } else if let problem = plan.problem {
            reasons.append(problem)
        }
        if let paused = account.pausedReason {
            reasons.append("waits while account \(account.name) is paused: \(paused)")
        }
        step.why = reasons.filter { !$0.isEmpty }.joined(separator: "; ")
        return step
    }

    /// A certificate whose successor was ordered, and whose order waits for a person.
    package static func stuck(_ order: Order, renewing certificate: IssuedCertificate, since date: Date) -> PlannedStep
    {
        PlannedStep(
            at: date, subject: .certificate(certificate.id), account: certificate.account,
            commonName: certificate.facts.commonName, action: .skip,
            why: "\(order.id) is stuck, and a person decides: \(order.problem ?? "no reason is on record")")
    }

    /// A certificate that ends, and for which nothing has been ordered.
    ///
    /// - Parameter verdict: what the policy says of it; `nil` where auto-renewal is off.
    package static func ending(
        _ certificate: IssuedCertificate, plan: RenewalPlan?, verdict: RenewalVerdict?
    ) -> PlannedStep {
        let why: String
        if let plan, plan.isStuck {
            why = "its renewal was given up: \(plan.problem ?? "no reason is on record")"
        } else if let verdict {
            why = verdict.dueAt == nil ? verdict.note : "auto-renewal is on, and no renewal is on record yet"
        } else {
            why = "auto-renewal is off: renew it with publicca certificate renew \(certificate.id)"
        }
        return PlannedStep(
            at: certificate.facts.notAfter, subject: .certificate(certificate.id), account: certificate.account,
            commonName: certificate.facts.commonName, action: verdict == nil ? .expire : .skip, why: why)
    }
}

extension PlannedAction {
    init(_ means: RenewalMeans) {
        self =
            switch means {
            case .reissue: .reissue
            case .renew: .renew
            case .newOrder: .newOrder
            case .none: .skip
            }
    }
}

extension RenewalMeans {
    /// Why it is this one.
    func reason(_ reason: RenewalReason, _ account: AccountRecord) -> String {
        switch self {
        case .reissue: "its order is paid for beyond its end"
        case .renew where account.capabilities.contains(.reissuing): "its order covers no more time"
        case .renew: "account \(account.name) cannot reissue"
        case .newOrder where reason == .revokedAtCA: "what was revoked is not renewed"
        case .newOrder: "account \(account.name) offers no renewal"
        case .none: "nothing is to be ordered"
        }
    }
}
