// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One row of a listing becomes, or changes, one record.
extension LifecycleEngine {
    /// Throws `ProviderError` or `RepositoryError` when the part has to be tried again.
    func take(_ part: ReadPart, into page: inout ImportPage, _ account: OpenedAccount) async throws {
        try await meetUnreadable(part, in: &page, account)
        var met: Set<OrderReference> = []
        for row in part.rows {
            if let error = row.failure, error.mayPass, page.hasPatience(with: row.row) {
                guard part.isAnswered || page.run.isListed, !page.isCrowded else { throw error }
                page.putAside(row.row)
                continue
            }
            // A person may name a reference twice: the second time there is nothing new.
            guard met.insert(row.row.order).inserted else {
                page.run.report.unchanged += 1
                continue
            }
            do {
                // Judged once more: the page before was taken after this one was read.
                let plan = try await plan(row.row, page.run.options, account)
                // One that this import has brought was not here when it began.
                if let known = plan.known, known.createdAt <= page.run.createdAt { page.run.met += 1 }
                var trial = page.trial()
                try await take(row, as: plan, into: &trial, account)
                page.add(trial)
            } catch let problem as MaterialError {
                page.quarantine(row.row.order, problem.description)
            } catch RepositoryError.unreadable(let what) {
                page.quarantine(row.row.order, "what is on record of it cannot be read: \(what)")
            }
        }
    }

    /// Throws `MaterialError` when the row cannot be understood.
    private func take(
        _ row: ImportedRow, as plan: ImportPlan, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws {
        switch plan {
        case .deletedHere, .listedElsewhere, .unchanged: plan.count(in: &page.run.report)
        case .ours(let order): takeOurs(order, into: &page)
        case .read(let known?, _) where known.kind != .imported:
            try await followOurs(known, row, into: &page, account)
        case .read(let known, let grave):
            let snapshot = try snapshot(of: row, page)
            if let known {
                try await follow(known, row, snapshot, into: &page, account)
            } else if try await !takeOurOwn(row.row, snapshot, into: &page, account) {
                try await add(row, snapshot, grave, into: &page, account)
            }
        }
    }

    /// What cannot be understood in the list has not vanished.
    private func meetUnreadable(
        _ part: ReadPart, in page: inout ImportPage, _ account: OpenedAccount
    ) async throws(RepositoryError) {
        guard part.isLast else { return }
        for row in part.page.unreadable where !row.reference.isEmpty {
            let reference = OrderReference(row.reference)
            if try await repository.order(account: account.record.name, reference: reference) != nil {
                page.run.met += 1
            }
        }
    }

    private func snapshot(of row: ImportedRow, _ page: ImportPage) throws -> OrderSnapshot {
        switch row.order {
        case .success(let snapshot): return snapshot
        case nil: throw MaterialError("it changed here while it was read: import it again")
        case .failure(let error):
            switch error.disposition {
            case .account: throw error
            case .transient, .ambiguous, .rejected, .notFound: throw MaterialError(error.description)
            }
        }
    }

    /// What was placed here follows its own way. One under way has polls of its own, which come sooner now.
    private func takeOurs(_ known: Order, into page: inout ImportPage) {
        if !known.phase.isFinal {
            page.changes.work.append(.hasten(.order(known.id), task: WorkItem.life, to: time.now()))
        }
        page.run.report.unchanged += 1
    }

    /// What was placed here and is done stays as it was ordered, whatever the CA says of it now; what became of its
    /// certificate is taken in.
    private func followOurs(
        _ known: Order, _ row: ImportedRow, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws {
        // It was under way when the page was read: the next import reads it.
        guard row.order != nil else { return page.run.report.unchanged += 1 }
        let snapshot = try snapshot(of: row, page)
        var order = known
        order.wording = snapshot.wording
        // Whoever is named by a person has not been listed.
        if !row.row.version.isEmpty { order.listedVersion = row.row.version }
        if case .issued(let reference) = snapshot.state {
            order.certificateReference = reference
            try await attach(row, to: &order, into: &page, account)
        }
        let isNews =
            order.wording != known.wording || order.certificate != known.certificate || !page.changes.puts.isEmpty
        if isNews {
            order.updatedAt = time.now()
            page.run.report.changed += 1
        } else {
            page.run.report.unchanged += 1
        }
        if order != known { page.changes.puts.append(.order(order)) }
    }

    /// Whether the row is, or may be, an order of ours that has no reference yet. One whose answer is awaited has a
    /// lookup of its own; one that is stuck has its answer here.
    private func takeOurOwn(
        _ row: OrderRow, _ snapshot: OrderSnapshot, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws -> Bool {
        let name = account.record.name
        guard let key = snapshot.key else {
            guard let commonName = snapshot.details?.commonName else { return false }
            var query = OrderQuery()
            query.account = name
            query.phases = [.submitting]
            query.name = NamePattern(exactly: commonName)
            query.limit = 1
            guard try await !repository.orders(query).items.isEmpty else { return false }
            page.run.report.unchanged += 1
            return true
        }
        guard var order = try await repository.order(account: name, key: key), order.reference == nil else {
            return false
        }
        switch order.phase {
        case .drafted, .submitting: page.run.report.unchanged += 1
        case .stuck:
            let decision = try receive(
                .located(.found(row.order), asked: time.now()), for: &order, account.policy)
            page.changes.puts.append(.order(order))
            page.changes.work.append(nextWork(after: decision, for: order))
            page.changes.journal.append(
                journal(
                    .order(order.id), name: order.details.commonName, order.phase.rawValue, decision.note,
                    answer: CAAnswer.bytes(of: row.order.rawValue)))
            page.run.report.changed += 1
        case .placed, .issued, .awaitingCapacity, .completed, .rejected, .cancelling, .cancelled: return false
        }
        return true
    }

    /// An order that is on record as imported. One under way has polls of its own, which come sooner now.
    private func follow(
        _ known: Order, _ row: ImportedRow, _ snapshot: OrderSnapshot, into page: inout ImportPage,
        _ account: OpenedAccount
    ) async throws {
        var order = known
        order.details = snapshot.details ?? known.details
        order.listedVersion = row.row.version
        order.updatedAt = time.now()
        if known.phase.isFinal {
            let decision = try receive(.imported(snapshot), for: &order, account.policy)
            if order.phase == .completed { try await attach(row, to: &order, into: &page, account) }
            if decision.next != nil { page.changes.work.append(nextWork(after: decision, for: order)) }
            if order.phase != known.phase {
                page.changes.journal.append(
                    journal(
                        .order(order.id), name: order.details.commonName, order.phase.rawValue, decision.note,
                        answer: CAAnswer.bytes(of: snapshot.wording)))
            }
        } else {
            page.changes.work.append(.hasten(.order(order.id), task: WorkItem.life, to: time.now()))
        }
        page.run.report.changed += 1
        page.changes.puts.append(.order(order))
    }

    private func add(
        _ row: ImportedRow, _ snapshot: OrderSnapshot, _ grave: Tombstone?, into page: inout ImportPage,
        _ account: OpenedAccount
    ) async throws {
        guard let details = snapshot.details else {
            throw MaterialError("the CA does not say what the order is for")
        }
        let name = account.record.name
        // A key that leads to another order of ours was copied, by a renewal made elsewhere: it stays with that one.
        var key = snapshot.key ?? OrderKey("")
        if snapshot.key != nil, try await repository.order(account: name, key: key) != nil { key = OrderKey("") }
        var order = Order(
            id: OrderID(newID("ord_")), account: name, provider: account.record.provider, kind: .imported,
            managed: ManagedCertificateID(newID("mgd_")), phase: OrderPhase(imported: snapshot.state),
            details: details, key: key, createdAt: time.now())
        order.reference = row.row.order
        order.placedAt = details.placedAt
        order.wording = snapshot.wording
        order.listedVersion = row.row.version
        order.validations = snapshot.validations
        if case .issued(let reference) = snapshot.state { order.certificateReference = reference }
        if order.phase == .completed { try await attach(row, to: &order, into: &page, account) }
        if order.phase == .placed {
            page.changes.work.append(.put(orderWork(order, .poll, at: time.now().advanced(by: .seconds(60)))))
        }
        if let grave { page.changes.deletes.append(.tombstone(grave)) }
        var managed = ManagedCertificate(id: order.managed, account: order.account, createdAt: order.createdAt)
        managed.current = order.certificate
        if let certificate = order.certificate, account.record.autoRenewal?.isEnabled == true {
            page.changes.work.append(.put(renewalWork(certificate, of: order.account, .plan, at: time.now())))
        }
        page.changes.puts += [.managed(managed), .order(order)]
        page.changes.journal.append(
            journal(
                .order(order.id), name: details.commonName, "imported", snapshot.wording,
                answer: CAAnswer.bytes(of: snapshot.wording)))
        page.run.report.new += 1
    }

    func receive(
        _ event: OrderEvent, for order: inout Order, _ policy: OrderPolicy
    ) throws(MaterialError) -> Decision {
        do throws(InvalidTransition) {
            return try order.receive(event, at: time.now(), policy: policy)
        } catch {
            throw MaterialError(error.description)
        }
    }

    func orderWork(_ order: Order, _ step: OrderStep, at due: Date) -> WorkItem {
        WorkItem(subject: .order(order.id), account: order.account, step: step.rawValue, due: due)
    }
}
