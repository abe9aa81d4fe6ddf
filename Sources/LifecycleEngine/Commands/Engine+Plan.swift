// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import LifecycleModel
package import PublicCA

/// Which part of the plan to show.
package struct PlanQuery: Sendable {
    package var until: Date
    package var account: String?
    package var name: NamePattern?
    /// The cursor of the last row before.
    package var after: String?
    package var limit = 100

    package init(until: Date) { self.until = until }
}

/// A page of the plan.
package struct PlanReport: Sendable {
    package var steps: [PlannedStep]
    /// Where the next page begins; `nil` on the last one.
    package var next: String?
    /// Records that are there and cannot be read: what is to become of them is not known.
    package var unreadable: [UnreadableRow]
}

extension LifecycleEngine {
    /// What would happen by itself until a date, and what would be missed: the first due first. Asks no CA and writes
    /// nothing.
    package func plan(_ query: PlanQuery) async throws(LifecycleError) -> PlanReport {
        if let name = query.account { _ = try await account(named: name) }
        return try await commanded {
            var planning = Planning(query: query, accounts: try await repository.accounts())
            try await addWork(to: &planning)
            try await addWaiting(to: &planning)
            try await addRenewals(to: &planning)
            try await addEndings(to: &planning)
            let (steps, next) = planning.page.finish()
            return PlanReport(steps: steps, next: next, unreadable: planning.unreadable)
        }
    }

    /// The queue, but for renewals and for what waits for room: these have rows that say more.
    private func addWork(to planning: inout Planning) async throws(RepositoryError) {
        var cursor: PageCursor?
        repeat {
            let page = try await repository.work(after: cursor, limit: 500)
            for item in page.items {
                guard item.due <= planning.query.until, !planning.page.isFull(before: item.due) else { return }
                guard planning.concerns(item), item.task != Self.renewalTask else { continue }
                if let step = try await planned(item) { planning.take(step.held(by: planning.accounts[item.account])) }
            }
            cursor = page.next
        } while cursor != nil
    }

    private func planned(_ item: WorkItem) async throws(RepositoryError) -> PlannedStep? {
        switch item.subject.kind {
        case "order":
            guard let order = try await repository.order(OrderID(item.subject.id)) else { return nil }
            return order.phase == .awaitingCapacity ? nil : .step(item, of: order)
        case "revocation":
            guard let revocation = try await repository.revocation(RevocationID(item.subject.id)) else { return nil }
            let certificate = try await repository.certificate(revocation.certificate)
            return .work(item, commonName: certificate?.facts.commonName ?? "", detail: revocation.problem)
        case "certificate":
            let certificate = try await repository.certificate(CertificateID(item.subject.id))
            return .work(item, commonName: certificate?.facts.commonName ?? "")
        case "deployment":
            let deployment = try await repository.deployment(DeploymentID(item.subject.id))
            let detail = deployment.map { record in
                "to target \(record.target)" + (record.problem.map { ", which failed before: \($0)" } ?? "")
            }
            return .work(item, commonName: deployment?.commonName ?? "", detail: detail)
        default: return .work(item)
        }
    }

    private func addWaiting(to planning: inout Planning) async throws(RepositoryError) {
        // Who comes in after so many does not come in this week.
        for (index, order) in try await repository.waitingForRoom(limit: 1000).enumerated() {
            let item = try await repository.work(.order(order.id), task: WorkItem.life)
            let step = PlannedStep.waiting(
                order, place: index + 1, limit: options.capacity, due: item?.due ?? time.now())
            planning.take(step.held(by: planning.accounts[order.account]))
        }
    }

    private func addRenewals(to planning: inout Planning) async throws(RepositoryError) {
        var query = ManagedQuery()
        query.account = planning.query.account
        query.renewalDueBy = planning.query.until
        query.limit = 1000
        repeat {
            let page = try await repository.managed(query)
            planning.unreadable += page.unreadable
            for managed in page.items {
                guard let plan = managed.renewal, !planning.page.isFull(before: plan.dueAt) else { continue }
                guard let certificate = try await repository.certificate(plan.certificate),
                    certificate.successor == nil
                else { continue }
                try await addRenewal(plan, of: certificate, managed, to: &planning)
            }
            query.after = page.next
        } while query.after != nil
    }

    private func addRenewal(
        _ plan: RenewalPlan, of certificate: IssuedCertificate, _ managed: ManagedCertificate,
        to planning: inout Planning
    ) async throws(RepositoryError) {
        if let id = plan.order {
            // Its order has a row of its own, unless nothing follows by itself.
            guard let order = try await repository.order(id), order.phase == .stuck else { return }
            return planning.take(.stuck(order, renewing: certificate, since: plan.dueAt))
        }
        let account = planning.accounts[certificate.account]
        // As the engine would see it now: what was moved into a window that has passed is in the next one.
        let now = try await planRenewal(of: certificate, managed, account)
        guard let verdict = now.verdict else { return }
        let step = PlannedStep.renewal(
            now.managed.renewal ?? plan, of: certificate, verdict, account: account, windows: options.windows)
        planning.take(step)
        guard step.action != .skip else { return }
        let targets = try await targets(of: certificate)
        if !targets.isEmpty { planning.take(.deployment(of: certificate, to: targets, at: step.at)) }
    }

    /// A day after the other, so that whoever asks for a page does not wait for a year.
    private func addEndings(to planning: inout Planning) async throws(RepositoryError) {
        let now = time.now()
        var day = now
        while day < planning.query.until, !planning.page.isFull(before: day) {
            let end = min(day.addingTimeInterval(86400), planning.query.until)
            var query = CertificateQuery()
            query.account = planning.query.account
            query.statuses = [.valid]
            query.withoutSuccessor = true
            query.notAfter = day..<end
            query.limit = 500
            repeat {
                let page = try await repository.certificates(query)
                planning.unreadable += page.unreadable
                for certificate in page.items { try await addEnding(of: certificate, to: &planning) }
                query.after = page.next
            } while query.after != nil
            day = end
        }
    }

    private func addEnding(
        of certificate: IssuedCertificate, to planning: inout Planning
    ) async throws(RepositoryError) {
        guard let managed = try await repository.managed(certificate.managed) else { return }
        let plan = managed.renewal.flatMap { $0.certificate == certificate.id ? $0 : nil }
        let verdict = try await planRenewal(of: certificate, managed, planning.accounts[certificate.account]).verdict
        // What is planned or under way has a row already.
        guard verdict == nil || plan?.isStuck ?? true,
            try await repository.unfinishedSuccessor(of: certificate.id) == nil
        else { return }
        planning.take(.ending(certificate, plan: plan, verdict: verdict))
    }
}

/// A page of the plan, while it is put together.
struct Planning {
    let query: PlanQuery
    let accounts: [String: AccountRecord]
    var page: PlanPage
    var unreadable: [UnreadableRow] = []

    init(query: PlanQuery, accounts: [AccountRecord]) {
        self.query = query
        self.accounts = Dictionary(uniqueKeysWithValues: accounts.map { ($0.name, $0) })
        page = PlanPage(after: query.after, limit: query.limit)
    }

    func concerns(_ item: WorkItem) -> Bool { query.account.map { $0 == item.account } ?? true }

    mutating func take(_ step: PlannedStep) {
        guard step.at <= query.until, query.account.map({ $0 == step.account }) ?? true,
            query.name?.matches(step.commonName) ?? true
        else { return }
        page.take(step)
    }
}
