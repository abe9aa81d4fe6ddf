// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

extension Explanation {
    /// - Parameters:
    ///   - work: what is due for the account and its things, the first of each kind.
    ///   - under: its unfinished orders, as many as were looked at.
    package init(of account: AccountRecord, work: [WorkItem], unfinished: Int, hasMore: Bool, at now: Date) {
        let next = work.min { $0.due < $1.due }
        let name = account.name
        var facts = ["it uses provider \(account.provider)"]
        facts.append(account.verifiedAt.map { "the CA accepted it on \($0.minute)" } ?? "it was never verified")
        if let report = account.report {
            if !report.roles.isEmpty { facts.append("its roles are \(report.roles.joined(separator: ", "))") }
            facts += report.restrictions.map { "it may not \($0.operation.rawValue): \($0.reason)" }
            if let end = report.credentialsExpireAt { facts.append("its credentials end on \(end.minute)") }
        }
        facts += CatalogKind.allCases.map { kind in
            "the \(kind.rawValue) were " + (account.lastSync[kind].map { "last read on \($0.minute)" } ?? "never read")
        }
        if let failure = account.syncFailure { facts.append("reading the catalogs failed: \(failure.problem)") }
        facts.append(Self.renewal(of: account))
        facts.append("orders under way: \(unfinished)\(hasMore ? " or more" : "")")
        if let holder = next?.holder(at: now) { facts.append(holder) }

        var changes = ["publicca account verify \(name): the CA is asked whether it works"]
        let (rule, decision): (String, String)
        if let reason = account.pausedReason {
            rule = "of an account that is paused nothing is asked: one more refused login may lock it"
            decision = "nothing, until a person lets it go on; it is paused: \(reason)"
            changes = [
                "publicca account resume \(name): it goes on as it is",
                "publicca account set \(name) --secret KEY=SOURCE: it is verified, and goes on",
            ]
        } else {
            rule = "what is due of an account is done in the order of its dates"
            decision =
                next.map { "on \($0.due.minute) \(PlannedStep.work($0).why)" } ?? "nothing is due"
            changes.append("publicca account sync \(name): its catalogs are read now")
            changes.append("publicca account pause \(name): nothing more is asked")
        }
        changes.append(
            account.autoRenewal?.isEnabled == true
                ? "publicca auto-renew disable --account \(name) --all: its certificates are left to expire"
                : "publicca auto-renew enable --days N --account \(name) --all: its certificates are renewed")
        self.init(
            subject: .account(name), name: name, facts: facts, rule: rule, decision: decision,
            nextAt: account.isPaused ? nil : next?.due, changes: changes)
    }

    private static func renewal(of account: AccountRecord) -> String {
        guard let choice = account.autoRenewal, choice.isEnabled else {
            return "auto-renewal is off, except where it was decided for a certificate"
        }
        let time =
            choice.days.map { "\(Date.days(Double($0) * 86400)) before they expire" } ?? "at a share of their lifetime"
        return "its certificates are renewed by themselves, \(time), except where it was decided otherwise for one"
    }

    /// - Parameter work: the deployment's next step.
    package init(of deployment: DeploymentRecord, work: WorkItem?, certificate: IssuedCertificate?, at now: Date) {
        var facts = ["it brings \(deployment.commonName) to target \(deployment.target)"]
        facts.append("\(deployment.wanted) is to be served there")
        if let certificate { facts.append("that one is valid until \(certificate.facts.notAfter.minute)") }
        if let problem = deployment.problem { facts.append(problem) }
        if let holder = work?.holder(at: now) { facts.append(holder) }
        let decision: String
        if let work {
            decision = "\(work.step), on \(work.due.minute)"
        } else if deployment.isTroubled {
            decision = "given up: \(deployment.problem ?? "no reason is on record")"
        } else {
            decision = "nothing, until the certificate has a successor"
        }
        self.init(
            subject: .deployment(deployment.id), name: deployment.commonName, facts: facts,
            rule: "each step is tried by itself until it is done, and never holds an issuance up", decision: decision,
            nextAt: work?.due,
            changes: [
                "publicca deploy run \(deployment.id): it is brought there now",
                "publicca deploy rollback \(deployment.target): the version before is put back",
            ])
    }
}
