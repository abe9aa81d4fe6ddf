// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

/// The list has names alone; delegation and validation are told by the details.
extension SectigoProvider: DomainListing {
    private static let detailed = 100

    func listDomains(after cursor: PageCursor?) async throws(ProviderError) -> Page<RegisteredDomain> {
        // Where the page begins, and the last row of the one before.
        let place = (cursor?.rawValue ?? "").split(separator: ":").compactMap { Int($0) }
        let start = place.first ?? 0
        guard ListPlace.possible.contains(start) else {
            throw ProviderError(.rejected, "listing the domains: the cursor is of another list")
        }
        let page = try await page(
            ["domain", "v1"], "listing the domains", filters: [], from: start, size: Self.detailed,
            of: DomainRow.self)
        let rows = page.rows.compactMap(\.readable)
        // A server that gives the same page whatever it is asked for has no more than that.
        if place.count == 2, rows.last?.id == place[1] { return Page(items: [], next: nil, total: page.total) }
        let details = try await ConcurrentReads.all(rows) { (row) throws(ProviderError) in
            try await self.shown(["domain", "v1", "\(row.id)"], "reading domain \(row.id)", as: DomainDetails.self)
        }
        return Page(
            // Where nothing but the name is shown, nothing is known of it, and SCM decides about its names.
            items: zip(rows, details).map { row, details in (details ?? DomainDetails()).domain(row) },
            next: page.isLast ? nil : rows.last.map { PageCursor("\(page.end):\($0.id)") },
            total: page.total,
            unreadable: page.unreadable(in: page.rows.indices, of: "domains") + Self.left(page))
    }
}

extension SectigoProvider {
    /// Of a page of which nothing can be understood, nobody can tell whether the next one is the same again.
    fileprivate static func left(_ page: ListPage<DomainRow>) -> [UnreadableRow] {
        guard !page.isLast, page.rows.allSatisfy({ $0.readable == nil }) else { return [] }
        return [UnreadableRow(reference: "", reason: "the list of domains is not read on behind row \(page.end)")]
    }
}

private struct DomainRow: Decodable, Sendable {
    @Lenient var id: Int
    @Lenient var name: String
}

private struct DomainDetails: Decodable, Sendable {
    @Lenient var delegationStatus: String?
    @Lenient var state: String?
    @Lenient var validationStatus: String?
    @Lenient var dcvValidation: String?
    @Lenient var dcvExpiration: String?
    var delegations: [ListRow<DelegationAnswer>]?

    func domain(_ row: DomainRow) -> RegisteredDomain {
        let isActive = state.map { $0.plainWord == "active" } ?? true
        // A word with some servers, and the day of the validation with others.
        let validation = validationStatus ?? dcvValidation.flatMap { SectigoDates.date($0) == nil ? $0 : nil } ?? ""
        return RegisteredDomain(
            id: DomainID("\(row.id)"), name: row.name.lowercased(), status: state ?? delegationStatus ?? "",
            validationStatus: validation, isValidated: isActive ? ValidationWords.isValidated(validation) : false,
            validationExpiresAt: dcvExpiration.flatMap { SectigoDates.date($0) },
            delegations: delegations.map { rows in
                rows.compactMap(\.readable).compactMap { $0.delegation(of: delegationStatus) }
            })
    }
}

private struct DelegationAnswer: Decodable, Sendable {
    @Lenient var orgId: Int
    @Lenient var certTypes: [String]?
    @Lenient var domainCertificateRequestPrivileges: [String]?
    @Lenient var status: String?

    /// `nil` for rights to other kinds of certificate.
    ///
    /// - Parameter whole: how far the domain as a whole is, for a delegation that does not say.
    func delegation(of whole: String?) -> DomainDelegation? {
        guard certTypes?.contains(where: { $0.plainWord == "ssl" }) ?? true else { return nil }
        // One without known privileges is not one for nothing.
        let names = Set((domainCertificateRequestPrivileges ?? []).compactMap { Self.privileges[$0.plainWord] })
        return DomainDelegation(
            organization: OrganizationID("\(orgId)"), names: names.isEmpty ? Set(DelegatedName.allCases) : names,
            isInForce: !["requested", "awaitingme", "rejected"].contains((status ?? whole)?.plainWord ?? ""))
    }

    private static let privileges: [String: DelegatedName] = [
        "domain": .domain, "subdomain": .subdomain, "wildcard1stlevel": .wildcard, "wildcard2ndlevel": .deeperWildcard,
    ]
}
