// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

extension CatalogEntry {
    /// A catalog as it shall be after it was read in full: listed rows as listed, missed ones marked and kept.
    ///
    /// Returns what differs from `known`. A row that shifted between pages and came twice counts once.
    public static func merge(
        _ items: [CatalogItem], into known: [CatalogEntry], of account: String, at now: Date
    ) -> [CatalogEntry] {
        var missed = Dictionary(known.map { ($0.item.id, $0) }, uniquingKeysWith: { first, _ in first })
        var entries: [CatalogEntry] = []
        var seen: Set<String> = []
        for item in items where seen.insert(item.id).inserted {
            var entry = missed.removeValue(forKey: item.id) ?? CatalogEntry(account: account, item: item, seenAt: now)
            entry.item = item
            entry.seenAt = now
            entry.vanishedAt = nil
            entries.append(entry)
        }
        for var entry in missed.values where entry.vanishedAt == nil {
            entry.vanishedAt = now
            entries.append(entry)
        }
        return entries
    }
}
