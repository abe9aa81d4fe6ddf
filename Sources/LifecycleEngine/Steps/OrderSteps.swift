// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One pass over one order: put the intent on record, ask one question, commit the answer.
extension LifecycleEngine {
    func stepOrder(_ claimed: WorkItem) async throws(RepositoryError) {
        guard var order = try await repository.order(OrderID(claimed.subject.id)), let usual = order.stepOfPhase else {
            return try await drop(claimed)
        }
        guard let step = OrderStep(rawValue: claimed.step) else { return try await leave(claimed) }
        guard let account = try await open(for: claimed) else { return }
        var item = claimed

        // A writing step's own intent, or that of a lookup which comes before the first purchase.
        if step.isWrite || (step == .locate && order.phase == .drafted) {
            // Whoever is asked to stop begins nothing that would have to be looked for afterwards.
            guard !Task.isCancelled else { return try await putOff(claimed, to: claimed.due) }
            guard let intended = try await intend(step, &order, claimed, account, else: usual) else { return }
            item = intended
        }
        let answer = await ask(step, about: order, of: account)
        try await record(answer, of: step, order, item, account)
    }

    /// Commits the intent and, in the same breath, what to do if this host is never heard of again.
    private func intend(
        _ step: OrderStep, _ order: inout Order, _ claimed: WorkItem, _ account: OpenedAccount, else usual: OrderStep
    ) async throws(RepositoryError) -> WorkItem? {
        do throws(InvalidTransition) {
            try order.intend(step, at: time.now(), by: time.uptime(), policy: account.policy)
        } catch {
            emit(.dropped(claimed.subject, step: step.rawValue, reason: error.description))
            var fitting = claimed
            fitting.step = usual.rawValue
            try await putOff(fitting, to: time.now())
            return nil
        }
        var item = claimed
        item.step = order.afterSilence(of: step).rawValue
        item.lease = lease(of: claimed, for: account.policy)
        item.due = item.lease?.until ?? item.due
        var changes = ChangeSet()
        changes.claimed = claimed
        changes.puts = [.order(order)]
        changes.work = [.put(item)]
        if step.isWrite {
            let detail = "\(step.rawValue), attempt \(max(order.attempts, 1))"
            changes.journal = [journal(.order(order.id), name: order.details.commonName, "intent", detail)]
        }
        try await repository.commit(changes)
        order.revision += 1
        return item
    }

    /// Commits what came back. The answer to a write is not given up for a record
    /// beside the order that somebody else has changed meanwhile: that one is read again.
    private func record(
        _ answer: OrderAnswer, of step: OrderStep, _ before: Order, _ item: WorkItem, _ account: OpenedAccount
    ) async throws(RepositoryError) {
        do throws(RepositoryError) {
            return try await recordOnce(answer, of: step, before, item, account)
        } catch {
            guard case .conflict = error, step.isWrite,
                try await repository.order(before.id)?.revision == before.revision
            else { throw error }
        }
        try await recordOnce(answer, of: step, before, item, account)
    }

    private func recordOnce(
        _ answer: OrderAnswer, of step: OrderStep, _ before: Order, _ item: WorkItem, _ account: OpenedAccount
    ) async throws(RepositoryError) {
        var order = before
        var changes = answer.changes
        let event = try await claimReference(of: answer.event, for: order, in: &changes)
        let decision: Decision
        do throws(InvalidTransition) {
            decision = try order.receive(
                event, at: time.now(), by: answer.uptime ?? time.uptime(), policy: account.policy)
        } catch {
            emit(.dropped(item.subject, step: step.rawValue, reason: error.description))
            var fitting = item
            fitting.step = order.stepOfPhase?.rawValue ?? item.step
            return try await putOff(fitting, to: time.now().advanced(by: .seconds(60)))
        }
        changes.claimed = item
        try await put(&order, in: &changes)
        changes.work.append(nextWork(after: decision, for: order))
        if decision.next == nil, let predecessor = order.predecessor {
            changes.work.append(.hasten(.certificate(predecessor), task: Self.renewalTask, to: time.now()))
        }
        if before.phase != order.phase || before.wording != order.wording || before.problem != order.problem {
            let word = before.phase == order.phase ? step.rawValue : order.phase.rawValue
            changes.journal.append(
                journal(
                    .order(order.id), name: order.details.commonName, word, decision.note,
                    answer: event.answer ?? answer.collected(event)))
        }
        try await commit(changes, pausing: order.account, because: decision.pausesAccount)
        emit(.stepped(item.subject, step: step.rawValue, note: decision.note))
    }

    /// The one work item of an order, as its decision says.
    func nextWork(after decision: Decision, for order: Order) -> WorkChange {
        guard let next = decision.next, let due = decision.due else {
            return .remove(.order(order.id), task: WorkItem.life)
        }
        return .put(WorkItem(subject: .order(order.id), account: order.account, step: next.rawValue, due: due))
    }
}

/// An event, and what else is on record because of it.
struct OrderAnswer {
    var event: OrderEvent
    var changes = ChangeSet()
    /// When the question was asked, where that is what counts.
    var uptime: Uptime?

    init(_ event: OrderEvent, uptime: Uptime? = nil) {
        self.event = event
        self.uptime = uptime
    }

    /// The chain that was kept, where the event is that there is one.
    func collected(_ event: OrderEvent) -> Data? {
        guard case .collected(let id) = event else { return nil }
        for case .certificate(let certificate) in changes.puts where certificate.id == id {
            return CAAnswer.bytes(of: certificate.chain)
        }
        return nil
    }
}
