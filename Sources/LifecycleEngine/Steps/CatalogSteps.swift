// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Reads one catalog of an account after the other: each is written whole or not at all, and what a CA no longer lists
/// is marked and kept.
extension LifecycleEngine {
    /// The most unreadable rows of a catalog that are kept for people to see.
    private static let shownRows = 20

    func stepAccount(_ claimed: WorkItem) async throws(RepositoryError) {
        guard let record = try await repository.account(claimed.account) else { return try await drop(claimed) }
        if let duty = AccountDuty(rawValue: claimed.task) { return try await step(duty, claimed, record) }
        guard let kind = CatalogKind(rawValue: claimed.step) else { return try await leave(claimed) }
        guard let account = try await open(for: claimed) else { return }
        guard account.lists(kind) else { return try await skip(kind, claimed, account) }
        var item = claimed
        switch try await read(kind, of: account.provider, under: &item) {
        case .success(let reading): try await keep(reading, kind, item, account)
        case .failure(let error): try await syncFailed(error, item)
        }
    }

    /// Leaves a catalog alone that the CA, or this account, does not have now.
    private func skip(_ kind: CatalogKind, _ item: WorkItem, _ opened: OpenedAccount) async throws(RepositoryError) {
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [workAfter(kind, item, opened)]
        try await repository.commit(changes)
    }

    private func keep(
        _ reading: CatalogReading, _ kind: CatalogKind, _ item: WorkItem, _ opened: OpenedAccount
    ) async throws(RepositoryError) {
        // Read anew: somebody may have changed the account while a long catalog was read.
        guard var account = try await repository.account(item.account) else { return try await drop(item) }
        let now = time.now()
        account.lastSync[kind] = now
        account.syncFailure = nil
        var unreadable = account.unreadable ?? [:]
        unreadable[kind] = reading.unreadable.isEmpty ? nil : Array(reading.unreadable.prefix(Self.shownRows))
        account.unreadable = unreadable.isEmpty ? nil : unreadable
        let known = reading.comparable(try await catalog(kind, of: account.name, withVanished: true))
        var changes = ChangeSet()
        changes.claimed = item
        changes.puts = CatalogEntry.merge(reading.items, into: known, of: account.name, at: now).map { .catalog($0) }
        changes.puts.append(.account(account))
        changes.journal = [journal(item.subject, name: nil, "synced", "\(kind.rawValue), \(reading.summary)")]
        changes.work = [workAfter(kind, item, opened)]
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: item.step, note: reading.summary))
    }

    private func workAfter(_ kind: CatalogKind, _ item: WorkItem, _ opened: OpenedAccount) -> WorkChange {
        guard let next = CatalogKind.inOrder.drop(while: { $0 != kind }).dropFirst().first(where: opened.lists) else {
            return .remove(item.subject, task: item.task)
        }
        return .put(catalogWork(next.rawValue, of: item.account, at: time.now()))
    }

    private func syncFailed(_ error: ProviderError, _ item: WorkItem) async throws(RepositoryError) {
        var changes = ChangeSet()
        changes.claimed = item
        changes.journal = [journal(item.subject, name: nil, "syncFailed", "\(item.step): \(error.description)")]
        if error.disposition == .account {
            // Goes on with the account.
            changes.work = [.put(catalogWork(item.step, of: item.account, at: item.due))]
            return try await commit(changes, pausing: item.account, because: error.description)
        }
        guard var account = try await repository.account(item.account) else { return try await drop(item) }
        var failures = account.syncFailure?.failures ?? Streak()
        var delay: Duration?
        if case .transient(let retryAfter) = error.disposition,
            let pause = options.retry.afterFailure(failures, at: time.now())
        {
            delay = max(pause, retryAfter ?? .zero)
        }
        failures.extend(at: time.now())
        account.syncFailure = SyncFailure(problem: error.description, failures: failures, isFinal: delay == nil)
        changes.puts = [.account(account)]
        if let delay {
            changes.work = [.put(catalogWork(item.step, of: item.account, at: time.now().advanced(by: delay)))]
        } else {
            changes.work = [.remove(item.subject, task: item.task)]
        }
        try await repository.commit(changes)
        emit(.deferred(item.subject, step: item.step, reason: error.description))
    }
}

extension CatalogKind {
    /// Profiles first: without them nothing can be ordered.
    fileprivate static let inOrder: [CatalogKind] = [.profiles, .organizations, .domains]
}

extension OpenedAccount {
    /// Whether this account can be asked for a catalog.
    fileprivate func lists(_ kind: CatalogKind) -> Bool {
        switch kind {
        case .profiles: true
        case .organizations: provider.organizations != nil && record.restriction(of: .listOrganizations) == nil
        case .domains: provider.domains != nil && record.restriction(of: .listDomains) == nil
        }
    }
}
