// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

/// One list without pages, departments inside; whether the API is switched on is told by the details alone, and until
/// when an organization is validated by a list of its own.
extension SectigoProvider: OrganizationListing {
    /// Organizations that are read for one page: a few seconds' worth.
    private static let detailed = 100

    func listOrganizations(after cursor: PageCursor?) async throws(ProviderError) -> Page<Organization> {
        let all = try await organizationNames()
        let start = max(0, cursor.flatMap { Int($0.rawValue) } ?? 0)
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
            .send(to: reading, for: [ListRow<OrganizationRow>].self).compactMap(\.readable)
            .flatMap { row in
                [OrganizationName(id: row.id, name: row.name, parent: nil)]
                    + (row.departments ?? []).compactMap(\.readable)
                    .map { OrganizationName(id: $0.id, name: $0.name, parent: row.id) }
            }
    }

    /// What is not shown to this account is left open.
    private func organization(_ row: OrganizationName) async throws(ProviderError) -> Organization {
        let details = try await details(of: row)
        let validation = row.parent == nil ? try await validation(of: row.id) : nil
        let status = validation?.status ?? details?.validationStatus
        let isOff = details?.sslCertsApiEnabled == false
        return Organization(
            id: OrganizationID("\(row.id)"), name: row.name, parent: row.parent.map { OrganizationID("\($0)") },
            status: isOff ? "API off" : "",
            orderingProblem: isOff ? "its Web/REST API is switched off in the portal" : nil,
            validationStatus: status, isValidated: status.flatMap { ValidationWords.isValidated($0) },
            validationExpiresAt: validation?.expires.flatMap { SectigoDates.date($0) })
    }

    func details(of row: OrganizationName) async throws(ProviderError) -> OrganizationDetails? {
        try await shown(
            ["organization", "v1", "\(row.id)"], "reading organization \(row.id)", as: OrganizationDetails.self)
    }

    /// The validation for certificates that name the organization, the best where there are several; `nil` where there is
    /// none or the server does not tell. Departments share their organization's.
    private func validation(of organization: Int) async throws(ProviderError) -> OrganizationValidation? {
        let rows = try await shown(
            ["organization", "v2", "\(organization)", "validations"], "reading organization \(organization)",
            as: [ListRow<OrganizationValidation>].self)
        let all = (rows ?? []).compactMap(\.readable).filter { $0.validationLevel.plainWord == "ovssl" }
        return all.first { ValidationWords.isValidated($0.status) == true } ?? all.first
    }
}

struct OrganizationName: Sendable {
    var id: Int
    var name: String
    var parent: Int?
}

private struct OrganizationRow: Decodable, Sendable {
    struct Department: Decodable, Sendable {
        @Lenient var id: Int
        @Lenient var name: String
    }

    @Lenient var id: Int
    @Lenient var name: String
    var departments: [ListRow<Department>]?
}

struct OrganizationDetails: Decodable {
    @Lenient var sslCertsApiEnabled: Bool?
    @Lenient var validationStatus: String?
}

private struct OrganizationValidation: Decodable, Sendable {
    @Lenient var validationLevel: String
    @Lenient var status: String
    @Lenient var expires: String?
}
