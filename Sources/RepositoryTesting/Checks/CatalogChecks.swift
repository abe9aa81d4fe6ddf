// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    /// A domain that vanished, three that did not, a namesake elsewhere, and an organization.
    private static let entries: [CatalogEntry] = {
        var vanished = Sample.domain("3", name: "gone.example")
        vanished.vanishedAt = Sample.start
        let organization = Organization(id: OrganizationID("1"), name: "a.example")
        return [
            Sample.domain("1", name: "a.example"), Sample.domain("2", name: "b.example"), vanished,
            Sample.domain("4", name: "a.example"), Sample.domain("5", account: "other", name: "a.example"),
            CatalogEntry(account: "main", item: .organization(organization), seenAt: Sample.start),
        ]
    }()

    private static func catalogRow(
        _ what: String, _ expected: [String], _ fill: @escaping @Sendable (inout CatalogQuery) -> Void
    ) -> RepositoryCheck {
        RepositoryCheck("catalog entries are listed \(what)") { checked in
            try await checked.commit { $0.puts = entries.reversed().map { .catalog($0) } }
            var query = CatalogQuery(account: "main", kind: .domains)
            query.limit = 2
            fill(&query)
            var found: [String] = []
            repeat {
                let page = try await checked.repository.catalog(query)
                found += page.items.map(\.item.id)
                query.after = page.next
            } while query.after != nil && found.count < 10
            try expect("entries", found, expected)
        }
    }

    static let catalogs: [RepositoryCheck] = [
        catalogRow("without those that vanished", ["1", "2", "4"]) { _ in },
        catalogRow("with those that vanished", ["1", "2", "3", "4"]) { $0.withVanished = true },
        catalogRow("by name", ["1", "4"]) { $0.names = ["a.example"] },
        catalogRow("by several names", ["1", "2", "4"]) { $0.names = ["b.example", "gone.example", "a.example"] },
        catalogRow("by name with those that vanished", ["3"]) {
            $0.names = ["gone.example"]
            $0.withVanished = true
        },
        catalogRow("by a name that none has", []) { $0.names = ["c.example"] },
        catalogRow("by kind", ["1"]) { $0 = CatalogQuery(account: "main", kind: .organizations) },
        catalogRow("by when their validation ends", ["1", "2", "4"]) {
            $0.validationEnds = Sample.start..<Sample.start.adding(.seconds(1))
        },
        catalogRow("by when no validation ends", []) {
            $0.validationEnds = Sample.start.adding(.seconds(-1))..<Sample.start
        },
        catalogRow("by account", ["5"]) { $0 = CatalogQuery(account: "other", kind: .domains) },
        RepositoryCheck("an entry that vanishes and comes back is hidden and shown") { checked in
            try await checked.put(.catalog(Sample.domain("1", name: "a.example")))
            let query = CatalogQuery(account: "main", kind: .domains)
            for isVanished in [true, false] {
                let found = try await checked.repository.catalogEntry(account: "main", kind: .domains, id: "1")
                var entry = try require("entry", found)
                entry.vanishedAt = isVanished ? Sample.start : nil
                try await checked.put(.catalog(entry))
                let shown = try await checked.repository.catalog(query).items.count
                try expect("entries shown", shown, isVanished ? 0 : 1)
            }
        },
    ]
}
