// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

/// What is on record about an order's future.
package struct OrderProspect: Sendable {
    package var order: Order
    package var work: WorkItem?
    package var account: AccountRecord?
    package var policy: OrderPolicy
    /// The inventory's limit, where there is one.
    package var limit: Int?
    /// Among those that wait for room, from 1.
    package var place: Int?

    package init(
        order: Order, work: WorkItem?, account: AccountRecord?, policy: OrderPolicy, limit: Int?, place: Int?
    ) {
        self.order = order
        self.work = work
        self.account = account
        self.policy = policy
        self.limit = limit
        self.place = place
    }
}

extension Explanation {
    package init(of prospect: OrderProspect, at now: Date) {
        self.init(
            subject: .order(prospect.order.id), name: prospect.order.details.commonName,
            facts: prospect.facts(at: now), rule: prospect.rule, decision: prospect.decision(at: now),
            nextAt: prospect.account?.isPaused == true ? nil : prospect.work?.due, changes: prospect.changes)
    }
}

extension OrderProspect {
    fileprivate func facts(at now: Date) -> [String] {
        var lines = ["it is \(order.phase.rawValue) since \(order.phaseSince.minute), a \(order.kind.rawValue) order"]
        if let reference = order.reference {
            let passed = order.isReferencePassedOn ? ", which a reissue has taken over" : ""
            lines.append("the CA knows it as \(reference)\(passed)")
        } else {
            lines.append(order.attempts == 0 ? "nothing was sent yet" : "purchases that were sent: \(order.attempts)")
        }
        if !order.wording.isEmpty { lines.append("the CA's word for it is \"\(order.wording)\"") }
        if let problem = order.problem { lines.append(problem) }
        if let predecessor = order.predecessor { lines.append("it is to succeed \(predecessor)") }
        if let certificate = order.certificate { lines.append("it has led to \(certificate)") }
        lines += order.validations.filter { !$0.isDone }.map {
            "\($0.domain) is to be validated: \($0.method) at \($0.place)"
        }
        if let reason = account?.pausedReason { lines.append("account \(order.account) is paused: \(reason)") }
        if let holder = work?.holder(at: now) { lines.append(holder) }
        return lines
    }

    fileprivate var rule: String {
        switch order.phase {
        case .drafted: "what was not sent is sent, after a lookup where it may be at the CA already"
        case .submitting: "a purchase whose answer is not known is looked for, and never sent a second time before"
        case .placed: "while the CA is at work it is asked again, in growing steps up to a day, as long as it takes"
        case .issued: "what was issued is fetched, checked against the request, and kept"
        case .awaitingCapacity:
            "what does not fit into the inventory waits at the CA; whose certificate ends first comes in first"
        case .cancelling: "a withdrawal is followed until the CA shows it"
        case .stuck: "where only a person can tell what to do, nothing is done"
        case .completed, .rejected, .cancelled: "an order that has ended stays as it is"
        }
    }

    fileprivate func decision(at now: Date) -> String {
        if order.phase == .stuck { return "a person decides: \(order.problem ?? "no reason is on record")" }
        guard !order.phase.isFinal else { return "nothing follows by itself" }
        guard let work, let step = OrderStep(rawValue: work.step) else { return "nothing is planned for it" }
        if account?.isPaused == true {
            return "nothing, until account \(order.account) goes on; then: \(order.reason(for: step))"
        }
        if order.phase == .awaitingCapacity {
            let full = limit.map { "the limit is \($0)" } ?? "there is no limit any more"
            return "it comes in when there is room, \(place.map { "as number \($0)" } ?? "in its turn"); \(full)"
        }
        return "on \(work.due.minute) \(order.reason(for: step))\(position)"
    }

    /// Where on the retry schedule it is.
    private var position: String {
        let schedule = policy.retry
        if order.failures.count > 0 {
            let last = schedule.failures.reduce(.zero, +)
            let end = order.failures.since.map { ", about \($0.adding(last).minute)" } ?? ""
            return "; failures in a row: \(order.failures.count) of \(schedule.failures.count), "
                + "and after the last\(end), a person is asked"
        }
        if order.phase == .submitting, order.waits.count > 0 {
            return "; lookups that could not tell: \(order.waits.count) of \(schedule.lookups.count), "
                + "and after the last a person is asked"
        }
        return order.waits.count > 0 ? "; answers so far that said \"not yet\": \(order.waits.count)" : ""
    }

    fileprivate var changes: [String] {
        let id = order.id
        var lines: [String] = []
        if account?.isPaused == true {
            lines.append("publicca account resume \(order.account): what is due goes on")
        }
        switch order.phase {
        case .drafted, .placed: lines.append("publicca order cancel \(id): it is withdrawn")
        case .awaitingCapacity:
            lines.append("inventory.limit in config.yaml: more room")
            lines.append("publicca certificate delete ID: room for one more")
        case .stuck:
            lines.append("publicca order resolve \(id) --placed REFERENCE: the CA has it under that name")
            lines.append("publicca order resolve \(id) --retry: look again, and send it if it is not there")
            lines.append("publicca order resolve \(id) --abandon: let it go")
        case .completed:
            lines += order.certificate.map { ["publicca explain \($0): what holds for its certificate"] } ?? []
        case .submitting, .issued, .cancelling, .rejected, .cancelled: break
        }
        if order.phase == .placed || order.phase == .awaitingCapacity || order.phase == .issued {
            lines.append("publicca order check \(id): the CA is asked now")
        }
        return lines
    }
}
