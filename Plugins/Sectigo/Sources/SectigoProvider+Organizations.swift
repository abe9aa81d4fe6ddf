// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// One list without pages, departments inside; whether the API is switched on is told by the details alone.
extension SectigoProvider: OrganizationListing {
    /// Details that are read for one page: a few seconds' worth.
    private static let detailed = 100

    func listOrganizations(after cursor: PageCursor?) async throws(ProviderError) -> Page<Organization> {
        let all = try await organizationNames()
        let start = cursor.flatMap { Int($0.rawValue) } ?? 0
        let rows = Array(all.dropFirst(start).prefix(Self.detailed))
        let organizations = try await ConcurrentReads.all(rows) { (row) throws(ProviderError) in
            try await self.organization(row)
        }
        let next = start + rows.count
        return Page(
            items: organizations, next: next < all.count ? PageCursor("\(next)") : nil, total: all.count)
    }

    /// Organizations and departments, in SCM's order.
    func organizationNames() async throws(ProviderError) -> [OrganizationName] {
        try await JSONCall(.get, ["organization", "v1"], "listing the organizations")
            .send(to: reading, for: [OrganizationRow].self)
            .flatMap { row in
                [OrganizationName(id: row.id, name: row.name, parent: nil)]
                    + (row.departments ?? []).map { OrganizationName(id: $0.id, name: $0.name, parent: row.id) }
            }
    }

    private func organization(_ row: OrganizationName) async throws(ProviderError) -> Organization {
        let details = try await JSONCall(.get, ["organization", "v1", "\(row.id)"], "reading organization \(row.id)")
            .send(to: reading, for: OrganizationDetails.self)
        return Organization(
            id: OrganizationID("\(row.id)"), name: row.name, parent: row.parent.map { OrganizationID("\($0)") },
            status: details.sslCertsApiEnabled == false ? "API off" : "",
            orderingProblem: details.sslCertsApiEnabled == false
                ? "its Web/REST API is switched off in the portal" : nil,
            validationStatus: details.validationStatus)
    }
}

struct OrganizationName: Sendable {
    var id: Int
    var name: String
    var parent: Int?
}

private struct OrganizationRow: Decodable {
    struct Department: Decodable {
        var id: Int
        var name: String
    }

    var id: Int
    var name: String
    var departments: [Department]?
}

private struct OrganizationDetails: Decodable {
    var sslCertsApiEnabled: Bool?
    var validationStatus: String?
}
