// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA

/// A row of a CA's catalog as it is shown.
enum CatalogView {
    static func json(_ item: CatalogItem) -> JSONDocument {
        switch item {
        case .organization(let organization):
            .object([
                "id": .text(organization.id.rawValue), "name": .text(organization.name),
                "parent": .optional(organization.parent?.rawValue), "status": .text(organization.status),
                "orderingProblem": .optional(organization.orderingProblem),
                "validationStatus": .optional(organization.validationStatus),
                "validationExpiresAt": .date(organization.validationExpiresAt),
            ])
        case .domain(let domain):
            .object([
                "id": .text(domain.id.rawValue), "name": .text(domain.name), "status": .text(domain.status),
                "validationStatus": .text(domain.validationStatus),
                "validationExpiresAt": .date(domain.validationExpiresAt),
                "organizations": .texts(organizations(of: domain)), "delegations": delegations(of: domain),
            ])
        case .profile(let profile):
            .object([
                "id": .text(profile.id.rawValue), "name": .text(profile.name),
                "terms": .list(profile.terms.map { .number($0) }),
                "keyTypes": profile.keyAlgorithms.map { .texts($0.map(\.rawValue)) } ?? .null,
                "organizations": profile.organizations.map { .texts($0.map(\.rawValue)) } ?? .null,
                "fields": .list(
                    profile.fields.map {
                        .object(["name": .text($0.name), "required": .truth($0.isRequired)])
                    }),
            ])
        }
    }

    static func table(_ items: [CatalogItem], _ kind: CatalogKind) -> Table {
        switch kind {
        case .organizations: organizations(items.compactMap(\.organization))
        case .domains: domains(items.compactMap(\.domain))
        case .profiles: profiles(items.compactMap(\.profile))
        }
    }

    private static func organizations(_ organizations: [Organization]) -> Table {
        var table = Table("ID", "NAME", "PARENT", "STATUS", "VALIDATION", "EXPIRES")
        for organization in organizations {
            table.add(
                organization.id.rawValue, organization.name, organization.parent?.rawValue,
                [organization.status, organization.orderingProblem ?? ""].filter { !$0.isEmpty }
                    .joined(separator: "; "), organization.validationStatus,
                organization.validationExpiresAt.map { String(Dates.text($0).prefix(10)) })
        }
        return table
    }

    /// Those that may order names below it now, of whatever kind.
    private static func organizations(of domain: RegisteredDomain) -> [String] {
        (domain.delegations ?? []).filter(\.isInForce).map(\.organization.rawValue)
    }

    /// In full; `null` where everybody may.
    private static func delegations(of domain: RegisteredDomain) -> JSONDocument {
        guard let delegations = domain.delegations else { return .null }
        return .list(
            delegations.map { delegation in
                .object([
                    "organization": .text(delegation.organization.rawValue),
                    "names": .texts(delegation.names.map(\.rawValue).sorted()), "inForce": .truth(delegation.isInForce),
                ])
            })
    }

    private static func domains(_ domains: [RegisteredDomain]) -> Table {
        var table = Table("ID", "NAME", "STATUS", "VALIDATION", "EXPIRES", "ORGANIZATIONS")
        for domain in domains {
            table.add(
                domain.id.rawValue, domain.name, domain.status, domain.validationStatus,
                domain.validationExpiresAt.map { String(Dates.text($0).prefix(10)) },
                domain.delegations == nil ? "all" : organizations(of: domain).joined(separator: ", "))
        }
        return table
    }

    private static func profiles(_ profiles: [CertificateProfile]) -> Table {
        var table = Table("ID", "NAME", "TERMS", "KEYS", "FIELDS")
        for profile in profiles {
            table.add(
                profile.id.rawValue, profile.name, profile.terms.map { "\($0)" }.joined(separator: ", "),
                profile.keyAlgorithms?.map(\.rawValue).joined(separator: ", ") ?? "any",
                profile.fields.map { $0.isRequired ? "\($0.name) (required)" : $0.name }.joined(separator: ", "))
        }
        return table
    }
}
