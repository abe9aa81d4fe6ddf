// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// The organizations and domains that the mock CA knows. They are for lists only: orders may be for any name.
enum MockCatalogs {
    static let company = OrganizationID("100")
    static let organizations = [
        Organization(id: company, name: "Example Company", status: "active"),
        Organization(id: OrganizationID("101"), name: "Web Department", parent: company, status: "active"),
        Organization(id: OrganizationID("200"), name: "Example Foundation", status: "active"),
    ]

    /// Name, days from the CA's first day until control must be proved again; `nil` when it never was.
    private static let entries: [(name: String, validFor: Int?)] = [
        ("example.org", 300), ("*.example.org", 300), ("example.com", 200), ("*.example.com", 200),
        ("example.net", 25), ("*.example.net", 25), ("*.example", 350), ("*.test", 350), ("*.invalid", 350),
        ("unvalidated.example", nil),
    ]

    static func domains(since firstDay: Date) -> [RegisteredDomain] {
        entries.enumerated().map { index, entry in
            RegisteredDomain(
                id: DomainID("\(500 + index)"), name: entry.name, status: "active",
                validationStatus: entry.validFor == nil ? "not validated" : "validated",
                isValidated: entry.validFor != nil,
                validationExpiresAt: entry.validFor.map { firstDay.addingTimeInterval(Double($0) * 86400) },
                delegations: organizations.map { DomainDelegation(organization: $0.id) })
        }
    }
}
