// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

extension PlannedStep {
    /// The next step of an order.
    package static func step(_ item: WorkItem, of order: Order) -> PlannedStep {
        let step = OrderStep(rawValue: item.step)
        return PlannedStep(
            at: item.due, subject: item.subject, account: item.account, commonName: order.details.commonName,
            action: step.map(PlannedAction.init) ?? .other, why: step.map { order.reason(for: $0) } ?? item.words)
    }

    /// An order whose certificate waits for room here.
    ///
    /// - Parameters:
    ///   - place: 1 for who comes in first.
    ///   - due: when it is looked at next.
    package static func waiting(_ order: Order, place: Int, limit: Int?, due: Date) -> PlannedStep {
        let full = limit.map { "the inventory is full, its limit is \($0)" } ?? Order.fullInventory
        let end = order.waitingCertificateEndsAt.map { ", as its certificate ends on \($0.day)" } ?? ""
        return PlannedStep(
            at: due, subject: .order(order.id), account: order.account, commonName: order.details.commonName,
            action: .collect, why: "\(full); it is number \(place) to come in when there is room\(end)")
    }

    /// Where a successor is brought afterwards.
    package static func deployment(of certificate: IssuedCertificate, to targets: [String], at date: Date)
        -> PlannedStep
    {
        PlannedStep(
            at: date, subject: .certificate(certificate.id), account: certificate.account,
            commonName: certificate.facts.commonName, action: .deploy,
            why: "its successor goes to \(targets.joined(separator: ", ")) as soon as it is here")
    }

    /// Any other work.
    package static func work(_ item: WorkItem, commonName: String = "", detail: String? = nil) -> PlannedStep {
        PlannedStep(
            at: item.due, subject: item.subject, account: item.account, commonName: commonName, action: item.action,
            why: [item.words, detail].compactMap(\.self).joined(separator: ": "))
    }

    /// The same, while nothing of its account is asked.
    package func held(by account: AccountRecord?) -> PlannedStep {
        guard let account, let reason = account.pausedReason else { return self }
        var step = self
        step.why = "waits while account \(account.name) is paused: \(reason); then: \(why)"
        return step
    }
}

extension PlannedAction {
    init(_ step: OrderStep) {
        self =
            switch step {
            case .submit: .submit
            case .locate: .locate
            case .poll: .poll
            case .finalize: .finalize
            case .collect: .collect
            case .cancel: .cancel
            }
    }
}

extension WorkItem {
    fileprivate var action: PlannedAction {
        switch subject.kind {
        case "revocation": .revoke
        case "import": .import
        case "certificate" where step == "check": .check
        case "account" where CatalogKind(rawValue: step) != nil || task == "catalogs": .readCatalog
        case "account" where ["orders", "revocations"].contains(task): .check
        case "deployment": .deploy
        case "channel": .notify
        default: .other
        }
    }

    /// What is done, for people.
    fileprivate var words: String {
        switch action {
        case .revoke: "the revocation goes on with \(step)"
        case .import: "the import of account \(account) goes on"
        case .check where subject.kind == "certificate":
            "the CA is asked whether it still says the same of the certificate"
        case .readCatalog where task == WorkItem.life: "the \(step) of account \(account) are read"
        case .deploy: "the deployment goes on with \(step)"
        case .notify: "people are told of what has happened"
        case _ where subject.kind == "order": "order \(subject.id) goes on with \(step)"
        case _ where subject.kind == "account": duty ?? "\(task): \(step)"
        case _ where subject.kind == "alerts": "what needs a person is worked out anew"
        case _ where subject.kind == "host" && task == "retention":
            "old lines of the journal are dropped, behind a checkpoint"
        default: task == WorkItem.life ? step : "\(task): \(step)"
        }
    }

    /// What is done for an account by schedule.
    private var duty: String? {
        switch task {
        case "catalogs": "organizations, domains and profiles of account \(account) are read"
        case "orders": "every open order of account \(account) is looked at within the hour"
        case "revocations": "the CA is asked about every live certificate of account \(account), one after the other"
        case "renewals", "replan": "the renewals of account \(account) are planned anew"
        default: nil
        }
    }
}
