// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What a home that was put back from a backup has to find out before it can be relied on.
package struct RestoredDoubts: Hashable, Sendable {
    /// Orders that may have been sent since the backup: they are looked for before they are sent.
    package var orders = 0
    /// Accounts whose CA lists what was ordered since: nothing succeeds a certificate before that was imported.
    package var imports: [String] = []
    /// Accounts that cannot list, which a person has to let go on.
    package var paused: [String] = []
}

extension LifecycleEngine {
    static let behindReason =
        "the home was put back from a backup, and this account cannot list what was ordered since: look at the CA, then let it go on"

    /// Has everything that may have been bought since a backup was made looked for before it is bought again. To be called
    /// once for a repository that was put back, before anybody works with it.
    ///
    /// Orders that were not known to be at the CA are taken for sent. Accounts are behind until an import of everything
    /// has ended, which begins with the next pass. Leases are dropped, and imports begin anew.
    package func doubtAfterRestore() async throws(LifecycleError) -> RestoredDoubts {
        try await commanded {
            var doubts = RestoredDoubts()
            try await dropLeases()
            let knownUntil = try await repository.journalEnd()?.at ?? .distantPast
            for account in try await repository.accounts() { try await doubt(account, knownUntil, &doubts) }
            var changes = ChangeSet()
            let detail =
                "from a backup; \(doubts.orders) orders are looked for, imports begin for \(doubts.imports.count) accounts"
            changes.journal = [journal(.host, name: nil, "restored", detail)]
            try await repository.commit(changes)
            return doubts
        }
    }

    /// Whoever held them is gone, or belongs to another home.
    private func dropLeases() async throws(RepositoryError) {
        var cursor: PageCursor?
        repeat {
            let page = try await repository.work(after: cursor, limit: 500)
            var changes = ChangeSet()
            changes.work = page.items.filter { $0.lease != nil }.map { item in
                var free = item
                free.lease = nil
                return .put(free)
            }
            if !changes.work.isEmpty { try await repository.commit(changes) }
            cursor = page.next
        } while cursor != nil
    }

    private func doubt(
        _ before: AccountRecord, _ knownUntil: Date, _ doubts: inout RestoredDoubts
    ) async throws {
        var account = before
        var changes = ChangeSet()
        let policy = try policy(for: account)
        account.restoration = Restoration(
            at: time.now().inMilliseconds, knownUntil: knownUntil,
            settling: Settling(since: time.uptime(), length: (policy.writeDeadline + policy.settle) / .seconds(1)))
        for run in try await repository.unfinishedImports(account: account.name) {
            try await begin(run.options, of: account, in: &changes)
        }
        if account.capabilities.contains(.orders) {
            let everything = ImportOptions()
            let isBegun = changes.puts.contains { $0.importOptions == everything }
            if !isBegun { try await begin(everything, of: account, in: &changes) }
            doubts.imports.append(account.name)
        } else {
            // There is nothing to compare with: a person looks.
            account.restoration?.isReconciled = true
            account.pausedReason = account.pausedReason ?? Self.behindReason
            doubts.paused.append(account.name)
        }
        changes.puts.append(.account(account))
        try await repository.commit(changes)
        try await doubtOrders(of: account, &doubts)
    }

    private func doubtOrders(of account: AccountRecord, _ doubts: inout RestoredDoubts) async throws {
        let policy = try policy(for: account)
        var query = OrderQuery()
        query.account = account.name
        query.phases = [.drafted, .submitting]
        query.limit = 200
        repeat {
            let page = try await repository.orders(query)
            var changes = ChangeSet()
            for before in page.items {
                var order = before
                order.restored(at: time.now(), by: time.uptime(), policy: policy)
                changes.puts.append(.order(order))
                changes.work.append(.put(orderWork(order, .locate, at: time.now())))
            }
            if !changes.puts.isEmpty { try await repository.commit(changes) }
            doubts.orders += page.items.count
            query.after = page.next
        } while query.after != nil
    }
}

extension StoredRecord {
    /// What an import is to bring.
    fileprivate var importOptions: ImportOptions? { if case .importRun(let run) = self { run.options } else { nil } }
}
