// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Reads every catalog that the account has, and marks what vanished. Returns the account with the times.
    ///
    /// A catalog is written whole or not at all; a failure of one leaves the others as they were read.
    public func syncCatalogs(account name: String) async throws(LifecycleError) -> AccountRecord {
        var account = try await account(named: name)
        guard !account.isPaused else {
            throw LifecycleError(
                .accountRefused, "account \(name) is paused: \(account.pausedReason ?? "")",
                hint: "publicca account resume \(name)")
        }
        let provider = try await accounts.open(account)
        account = try await sync(.profiles, of: account) { () async throws(ProviderError) in
            try await provider.profiles().map { .profile($0) }
        }
        if let organizations = provider.organizations {
            account = try await sync(.organizations, of: account) { () async throws(ProviderError) in
                try await organizations.listOrganizations().map { .organization($0) }
            }
        }
        if let domains = provider.domains {
            account = try await sync(.domains, of: account) { () async throws(ProviderError) in
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
        return account
    }

    private func sync(
        _ kind: CatalogKind, of before: AccountRecord,
        _ list: @escaping @Sendable () async throws(ProviderError) -> [CatalogItem]
    ) async throws(LifecycleError) -> AccountRecord {
        let items: [CatalogItem]
        switch await read(list) {
        case .success(let listed): items = listed
        case .failure(let error): throw LifecycleError(error)
        }
        return try await commanded {
            var account = before
            let now = time.now()
            var changes = ChangeSet()
            changes.puts = merge(
                items, into: try await catalog(kind, of: account.name, withVanished: true), account.name, at: now)
            account.lastSync[kind] = now
            changes.puts.append(.account(account))
            try await repository.commit(changes)
            account.revision += 1
            return account
        }
    }

    /// Every entry as it shall be: listed ones as listed, missed ones marked and kept.
    private func merge(
        _ items: [CatalogItem], into known: [CatalogEntry], _ account: String, at now: Date
    ) -> [StoredRecord] {
        var missed = Dictionary(known.map { ($0.item.id, $0) }, uniquingKeysWith: { first, _ in first })
        var entries: [StoredRecord] = []
        // A page that shifts may show a row twice.
        var seen: Set<String> = []
        for item in items where seen.insert(item.id).inserted {
            var entry = missed.removeValue(forKey: item.id) ?? CatalogEntry(account: account, item: item, seenAt: now)
            entry.item = item
            entry.seenAt = now
            entry.vanishedAt = nil
            entries.append(.catalog(entry))
        }
        for var entry in missed.values where entry.vanishedAt == nil {
            entry.vanishedAt = now
            entries.append(.catalog(entry))
        }
        return entries
    }
}
