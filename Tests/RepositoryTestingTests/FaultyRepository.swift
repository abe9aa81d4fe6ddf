// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import RepositoryTesting

/// A sound repository behind one fault.
struct FaultyRepository: ForwardingRepository {
    let inner: MemoryRepository
    let fault: Fault

    func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        var request = request
        switch fault {
        case .sharesLeases: request.length = .zero
        case .ignoresDueDates: request.dueBy += 3600
        case .ignoresLimits: request.limit += 1
        case .ignoresSubjects: request.subject = nil
        default: break
        }
        guard fault == .sharesLeases else { return try await inner.claim(request) }
        let first = try await inner.claim(request)
        for item in first { try await takeAway(item) }
        return first + first
    }

    /// Or a claimer that is given everything twice would never come to an end.
    private func takeAway(_ item: WorkItem) async throws(RepositoryError) {
        var changes = ChangeSet()
        changes.work = [.remove(item.subject, task: item.task)]
        try await inner.commit(changes)
    }

    func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        var changes = changes
        switch fault {
        case .ignoresLostLeases: changes.claimed = nil
        case .keepsHolders: changes.claimed = nil
        case .ignoresPauses: changes.puts = changes.puts.map(withoutPause)
        case .ignoresRevisions: changes.puts = try await atStoredRevisions(changes.puts)
        case .dropsLeases: changes.work = changes.work.map(withoutLease)
        case .hastensLater: changes.work = try await withFreeDates(changes.work)
        case .losesMilliseconds: changes.puts = changes.puts.map(inSeconds)
        case .prunesNothing: changes.prunesJournalThrough = nil
        case .takesRetiredKeys: changes.retiredKeys = []
        case .losesJournalLines: changes.journal = Array(changes.journal.prefix(1))
        case .commitsByHalves:
            var half = ChangeSet()
            half.puts = Array(changes.puts.prefix(1))
            try await inner.commit(half)
            changes.puts.removeFirst(half.puts.count)
        default: break
        }
        try await inner.commit(changes)
    }

    func orders(_ query: OrderQuery) async throws(RepositoryError) -> Page<Order> {
        var page = try await inner.orders(query)
        switch fault {
        case .listsBackwards: page.items.reverse()
        case .doublesAtPageEnds where query.after != nil:
            var all = query
            all.after = nil
            page = try await inner.orders(all)
        case .comparesWithCase where query.name != nil: page.items = []
        default: break
        }
        return page
    }

    func catalog(_ query: CatalogQuery) async throws(RepositoryError) -> Page<CatalogEntry> {
        var query = query
        if fault == .showsVanished { query.withVanished = true }
        return try await inner.catalog(query)
    }

    func work(of account: String, kind: String, limit: Int) async throws(RepositoryError) -> [WorkItem] {
        guard fault == .listsWorkOfAllKinds else {
            return try await inner.work(of: account, kind: kind, limit: limit)
        }
        return try await inner.work(after: nil, limit: limit).items
    }

    func journalEnd() async throws(RepositoryError) -> JournalCheckpoint? {
        fault == .forgetsTheEnd ? nil : try await inner.journalEnd()
    }

    func counts() async throws(RepositoryError) -> Counts {
        fault == .forgetsToCount ? Counts() : try await inner.counts()
    }
}

extension FaultyRepository {
    private func withoutPause(_ record: StoredRecord) -> StoredRecord {
        guard case .account(var account) = record else { return record }
        account.pausedReason = nil
        return .account(account)
    }

    private func inSeconds(_ record: StoredRecord) -> StoredRecord {
        guard case .order(var order) = record else { return record }
        order.createdAt = Date(timeIntervalSince1970: order.createdAt.timeIntervalSince1970.rounded())
        return .order(order)
    }

    private func withoutLease(_ change: WorkChange) -> WorkChange {
        guard case .put(var item) = change else { return change }
        item.lease = nil
        return .put(item)
    }

    private func withFreeDates(_ changes: [WorkChange]) async throws(RepositoryError) -> [WorkChange] {
        var result: [WorkChange] = []
        for change in changes {
            guard case .hasten(let subject, let task, let date) = change,
                var item = try await inner.work(subject, task: task)
            else {
                result.append(change)
                continue
            }
            item.due = date
            result.append(.put(item))
        }
        return result
    }

    private func atStoredRevisions(_ records: [StoredRecord]) async throws(RepositoryError) -> [StoredRecord] {
        var result: [StoredRecord] = []
        for record in records {
            guard case .order(var order) = record else {
                result.append(record)
                continue
            }
            order.revision = try await inner.order(order.id)?.revision ?? 0
            result.append(.order(order))
        }
        return result
    }
}
