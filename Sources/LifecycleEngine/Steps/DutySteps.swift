// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// The duties of an account. Each walks through its records a page at a time, a commit for each, and says in its step where
/// it is, so that whoever takes over goes on there.
extension LifecycleEngine {
    func step(_ duty: AccountDuty, _ item: WorkItem, _ account: AccountRecord) async throws(RepositoryError) {
        switch duty {
        case .catalogs: try await readCatalogs(item, account)
        case .orders: try await sweepOrders(item)
        case .revocations: try await planChecks(item)
        case .renewals: try await planRenewals(item, account)
        }
    }

    /// Puts the reading of the catalogs on record as somebody's wish for it would, unless one is under way.
    private func readCatalogs(_ item: WorkItem, _ account: AccountRecord) async throws(RepositoryError) {
        var changes = ChangeSet()
        if try await repository.work(item.subject, task: WorkItem.life) == nil {
            var begun = account
            begun.syncFailure = nil
            if begun != account { changes.puts = [.account(begun)] }
            changes.work = [.put(catalogWork(CatalogKind.profiles.rawValue, of: account.name, at: time.now()))]
            changes.journal = [scheduled(item.subject, "sync", "by schedule")]
        }
        try await go(on: item, .catalogs, after: nil, with: changes, note: "catalogs are to be read")
    }

    /// Looks at every open order within the next hour, each at its own time in it.
    private func sweepOrders(_ item: WorkItem) async throws(RepositoryError) {
        var query = OrderQuery()
        query.account = item.account
        query.phases = OrderPhase.allCases.filter { !$0.isFinal && $0 != .stuck }
        query.after = place(of: item)
        query.limit = Self.rowsAtOnce
        let page = try await repository.orders(query)
        var changes = ChangeSet()
        changes.work = page.items.map { order in
            let due = Spread.date(of: order.id.rawValue, from: time.now(), width: 3600)
            return .hasten(.order(order.id), task: WorkItem.life, to: due)
        }
        try await go(
            on: item, .orders, after: page.next, with: changes,
            note: "\(page.items.count) open orders are to be looked at")
    }

    /// Has the CA asked about every live certificate before the next round, each at its own time in between: a CA never
    /// sees all of them at once. One that is to be looked at already is left alone.
    private func planChecks(_ item: WorkItem) async throws(RepositoryError) {
        let now = time.now()
        var query = CertificateQuery()
        query.account = item.account
        query.statuses = [.valid]
        query.withoutSuccessor = true
        query.after = place(of: item)
        query.limit = Self.rowsAtOnce
        let page = try await repository.certificates(query)
        var changes = ChangeSet()
        for certificate in page.items where certificate.facts.notAfter > now {
            guard try await repository.work(.certificate(certificate.id), task: WorkItem.life) == nil else { continue }
            let width = options.schedules.revocations.every.inSeconds
            let due = Spread.date(of: certificate.id.rawValue, from: now, width: width)
            changes.work.append(.put(checkWork(certificate.id, account: item.account, at: due)))
        }
        let note = "\(changes.work.count) certificates are to be checked"
        try await go(on: item, .revocations, after: page.next, with: changes, note: note)
    }

    /// Has the renewals planned anew: a window, a policy or a key may have come or gone. Those that are due need no
    /// schedule; they are done when they are.
    private func planRenewals(_ item: WorkItem, _ account: AccountRecord) async throws(RepositoryError) {
        var query = ManagedQuery()
        query.account = account.name
        query.renewalDueBy = .distantFuture
        query.limit = 1
        var changes = ChangeSet()
        let isAnyPlanned = try await !repository.managed(query).items.isEmpty
        let isWanted = account.autoRenewal != nil || isAnyPlanned
        if isWanted, try await repository.work(item.subject, task: Self.replanTask) == nil {
            changes.work = [.put(replanWork(account.name))]
        }
        let note = isWanted ? "renewals are to be planned anew" : "no renewals are planned"
        try await go(on: item, .renewals, after: nil, with: changes, note: note)
    }

    /// Commits a page. The next one is due at once; after the last one the duty rests until its schedule says.
    private func go(
        on item: WorkItem, _ duty: AccountDuty, after cursor: PageCursor?, with changes: ChangeSet, note: String
    ) async throws(RepositoryError) {
        var changes = changes
        changes.claimed = item
        changes.work.append(
            .put(
                cursor.map { cursor in
                    work(for: duty, of: item.account, step: Self.going + cursor.rawValue, due: time.now())
                } ?? work(for: duty, of: item.account, due: next(duty, of: item.account))))
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: duty.rawValue, note: note))
    }

    func next(_ duty: AccountDuty, of account: String) -> Date {
        duty.schedule(of: options.schedules).next(after: time.now(), for: duty.id(of: account))
    }

    func work(for duty: AccountDuty, of account: String, step: String? = nil, due: Date) -> WorkItem {
        WorkItem(
            subject: .account(account), task: duty.rawValue, account: account, step: step ?? duty.rawValue, due: due)
    }

    /// Where an earlier page ended.
    private func place(of item: WorkItem) -> PageCursor? {
        item.step.hasPrefix(Self.going) ? PageCursor(String(item.step.dropFirst(Self.going.count))) : nil
    }

    private static let going = "sweep:"
    private static let rowsAtOnce = 500

    /// A journal line of what nobody has asked for.
    func scheduled(_ subject: Subject, _ event: String, _ detail: String) -> JournalEntry {
        JournalEntry(at: time.now(), subject: subject, name: nil, event: event, detail: detail, actor: .schedule)
    }
}
