// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Reads one catalog of an account after the other: each is written whole or not at all, and what a CA no longer lists
/// is marked and kept.
extension LifecycleEngine {
    func stepAccount(_ item: WorkItem) async throws(RepositoryError) {
        guard let kind = CatalogKind(rawValue: item.step) else { return try await drop(item) }
        guard let account = try await open(for: item) else { return }
        switch await list(kind, of: account.provider) {
        case .success(let items): try await keep(items, kind, item, account)
        case .failure(let error): try await syncFailed(error, item, account)
        }
    }

    private func list(
        _ kind: CatalogKind, of provider: any PublicCAProvider
    ) async -> Result<[CatalogItem], ProviderError> {
        switch kind {
        case .profiles:
            return await read { () async throws(ProviderError) in
                try await provider.profiles().map { .profile($0) }
            }
        case .organizations:
            guard let organizations = provider.organizations else { return .success([]) }
            return await read { () async throws(ProviderError) in
                try await organizations.listOrganizations().map { .organization($0) }
            }
        case .domains:
            guard let domains = provider.domains else { return .success([]) }
            return await read { () async throws(ProviderError) in
                var items: [CatalogItem] = []
                var cursor: PageCursor?
                repeat {
                    let page = try await domains.listDomains(after: cursor)
                    items += page.items.map { .domain($0) }
                    cursor = page.next
                } while cursor != nil
                return items
            }
        }
    }

    private func keep(
        _ items: [CatalogItem], _ kind: CatalogKind, _ item: WorkItem, _ opened: OpenedAccount
    ) async throws(RepositoryError) {
        var account = opened.record
        let now = time.now()
        account.lastSync[kind] = now
        account.syncFailure = nil
        let known = try await catalog(kind, of: account.name, withVanished: true)
        var changes = ChangeSet()
        changes.claimed = item
        changes.puts = CatalogEntry.merge(items, into: known, of: account.name, at: now).map { .catalog($0) }
        changes.puts.append(.account(account))
        changes.journal = [journal(item.subject, name: nil, "synced", "\(kind.rawValue), \(items.count) listed")]
        if let next = kind.next(offered: opened.provider.capabilities) {
            changes.work = [.put(catalogWork(next.rawValue, of: account.name, at: now))]
        } else {
            changes.work = [.remove(item.subject, task: item.task)]
        }
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: item.step, note: "\(items.count) listed"))
    }

    private func syncFailed(
        _ error: ProviderError, _ item: WorkItem, _ opened: OpenedAccount
    ) async throws(RepositoryError) {
        var changes = ChangeSet()
        changes.claimed = item
        changes.journal = [journal(item.subject, name: nil, "syncFailed", "\(item.step): \(error.description)")]
        if error.disposition == .account {
            // Goes on with the account.
            changes.work = [.put(catalogWork(item.step, of: item.account, at: item.due))]
            return try await commit(changes, pausing: item.account, because: error.description)
        }
        var account = opened.record
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
    func next(offered: Set<Capability>) -> CatalogKind? {
        switch self {
        case .profiles:
            offered.contains(.organizations) ? .organizations : CatalogKind.organizations.next(offered: offered)
        case .organizations: offered.contains(.domains) ? .domains : nil
        case .domains: nil
        }
    }
}
