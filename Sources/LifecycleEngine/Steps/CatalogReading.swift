// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One catalog as a CA lists it, read to its end.
struct CatalogReading: Sendable {
    var items: [CatalogItem] = []
    var unreadable: [UnreadableRow] = []

    /// What is known and can be told to be listed or missed. The rest may be among the rows that could not be read, and
    /// stays as it is.
    func comparable(_ known: [CatalogEntry]) -> [CatalogEntry] {
        if unreadable.isEmpty { return known }
        let listed = Set(items.map(\.id))
        let named = Set(unreadable.map(\.reference))
        return known.filter { entry in
            listed.contains(entry.item.id) || !(named.contains("") || named.contains(entry.item.id))
        }
    }

    /// One line for the journal.
    var summary: String {
        guard let first = unreadable.first else { return "\(items.count) listed" }
        let name = first.reference.isEmpty ? "" : "\(first.reference): "
        return "\(items.count) listed, \(unreadable.count) could not be read, the first is \(name)\(first.reason)"
    }
}

extension LifecycleEngine {
    /// Reads a catalog page by page, each with a deadline of its own, and keeps the item ours meanwhile.
    ///
    /// The item comes back as it is leased then. Whoever is interrupted begins the catalog anew.
    func read(
        _ kind: CatalogKind, of provider: any PublicCAProvider, under item: inout WorkItem
    ) async throws(RepositoryError) -> Result<CatalogReading, ProviderError> {
        var reading = CatalogReading()
        var cursor: PageCursor?
        var cursors: Set<PageCursor> = []
        var heldSince = time.now()
        repeat {
            try await holdOn(to: &item, since: &heldSince)
            switch await page(of: kind, provider, after: cursor) {
            case .failure(let error): return .failure(error)
            case .success(let page):
                reading.items += page.items
                reading.unreadable += page.unreadable
                cursor = page.next
            }
            if let cursor, !cursors.insert(cursor).inserted {
                return .failure(ProviderError(.rejected, "the list of \(kind.rawValue) leads back to an earlier page"))
            }
        } while cursor != nil
        // Nothing could be ordered at all: lists of profiles have been seen to be empty for a while.
        if kind == .profiles, reading.items.isEmpty {
            reading.unreadable = [UnreadableRow(reference: "", reason: "the CA lists none at all")]
        }
        return .success(reading)
    }

    private func page(
        of kind: CatalogKind, _ provider: any PublicCAProvider, after cursor: PageCursor?
    ) async -> Result<Page<CatalogItem>, ProviderError> {
        await read { () async throws(ProviderError) in
            switch kind {
            case .profiles: Page(items: try await provider.profiles().map { .profile($0) }, next: nil)
            case .organizations:
                try await provider.organizations?.listOrganizations(after: cursor).map { .organization($0) }
                    ?? Page(items: [], next: nil)
            case .domains:
                try await provider.domains?.listDomains(after: cursor).map { .domain($0) } ?? Page(items: [], next: nil)
            }
        }
    }
}

extension Page {
    fileprivate func map<Other>(_ transform: (Element) -> Other) -> Page<Other> {
        Page<Other>(items: items.map(transform), next: next, total: total, unreadable: unreadable)
    }
}
