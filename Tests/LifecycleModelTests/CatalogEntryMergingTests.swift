// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct CatalogEntryMergingTests {
    private static let first = Date(timeIntervalSince1970: 1_800_000_000)
    private static let later = first.addingTimeInterval(3600)

    private func organization(_ id: String, _ name: String) -> CatalogItem {
        .organization(Organization(id: OrganizationID(id), name: name, status: "active"))
    }

    private func merge(_ items: [CatalogItem], into known: [CatalogEntry] = [], at now: Date) -> [CatalogEntry] {
        CatalogEntry.merge(items, into: known, of: "test", at: now).sorted { $0.item.id < $1.item.id }
    }

    @Test func `a listed row is kept as listed, and one that is missed is marked`() {
        let known = merge([organization("1", "One"), organization("2", "Two")], at: Self.first)
        let after = merge([organization("1", "Uno")], into: known, at: Self.later)
        #expect(after.map(\.item.name) == ["Uno", "Two"])
        #expect(after.map(\.vanishedAt) == [nil, Self.later])
        #expect(after.map(\.seenAt) == [Self.later, Self.first])
    }

    @Test func `what is marked stays as it was marked, and comes back when it is listed`() {
        let known = merge([], into: merge([organization("1", "One")], at: Self.first), at: Self.first)
        #expect(merge([], into: known, at: Self.later).isEmpty)
        #expect(merge([organization("1", "One")], into: known, at: Self.later).map(\.vanishedAt) == [nil])
    }

    @Test func `a row that came twice counts once`() {
        #expect(merge([organization("1", "One"), organization("1", "One")], at: Self.first).count == 1)
    }
}
