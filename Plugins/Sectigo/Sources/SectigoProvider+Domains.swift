// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

/// The list has names alone; delegation and validation are told by the details.
extension SectigoProvider: DomainListing {
    private static let detailed = 100

    func listDomains(after cursor: PageCursor?) async throws(ProviderError) -> Page<RegisteredDomain> {
        let start = cursor.flatMap { Int($0.rawValue) } ?? 0
        let page = try await page(
            ["domain", "v1"], "listing the domains", filters: [], from: start, size: Self.detailed, of: DomainRow.self)
        let rows = page.rows.compactMap(\.readable)
        let domains = try await ConcurrentReads.all(rows) { (row) throws(ProviderError) in
            try await JSONCall(.get, ["domain", "v1", "\(row.id)"], "reading domain \(row.id)")
                .send(to: self.reading, for: DomainDetails.self).domain(row)
        }
        return Page(
            items: domains, next: page.rows.count == Self.detailed ? PageCursor("\(start + page.rows.count)") : nil,
            total: page.total,
            unreadable: page.rows.compactMap(\.unreadable).map { UnreadableRow(reference: "", reason: $0) })
    }
}

private struct DomainRow: Decodable, Sendable {
    var id: Int
    var name: String
}

private struct DomainDetails: Decodable {
    struct Delegation: Decodable {
        var orgId: Int
        var certTypes: [String]?
        var domainCertificateRequestPrivileges: [String]?
        var status: String?
    }

    var delegationStatus: String?
    var state: String?
    var validationStatus: String?
    var dcvValidation: String?
    var dcvExpiration: String?
    var delegations: [Delegation]?

    func domain(_ row: DomainRow) -> RegisteredDomain {
        let isActive = state.map { $0.uppercased() == "ACTIVE" } ?? true
        // A word with some servers, and the day of the validation with others.
        let validation = validationStatus ?? dcvValidation.flatMap { SectigoDates.date($0) == nil ? $0 : nil }
        let isValidated = validation.map { Self.plain($0) == "VALIDATED" }
        return RegisteredDomain(
            id: DomainID("\(row.id)"), name: row.name.lowercased(), status: state ?? delegationStatus ?? "",
            validationStatus: validation ?? "", isValidated: isActive ? isValidated : false,
            validationExpiresAt: dcvExpiration.flatMap { SectigoDates.date($0) },
            delegations: delegations.map { $0.compactMap(\.delegation) })
    }

    /// `NOT_VALIDATED` in one manual is `Not validated` in the other.
    fileprivate static func plain(_ text: String) -> String {
        text.uppercased().replacing(" ", with: "_")
    }
}

extension DomainDetails.Delegation {
    /// `nil` for rights to other kinds of certificate.
    fileprivate var delegation: DomainDelegation? {
        guard certTypes?.contains("SSL") ?? true else { return nil }
        let names = domainCertificateRequestPrivileges.map { privileges in
            Set(privileges.compactMap { Self.privileges[$0.uppercased()] })
        }
        return DomainDelegation(
            organization: OrganizationID("\(orgId)"), names: names ?? Set(DelegatedName.allCases),
            isInForce: status.map { !["REQUESTED", "AWAITING_ME", "REJECTED"].contains(DomainDetails.plain($0)) }
                ?? true)
    }

    private static let privileges: [String: DelegatedName] = [
        "DOMAIN": .domain, "SUBDOMAIN": .subdomain, "WILDCARD_1ST_LEVEL": .wildcard,
        "WILDCARD_2ND_LEVEL": .deeperWildcard,
    ]
}
