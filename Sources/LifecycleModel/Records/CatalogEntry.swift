// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// One organization, domain or profile as the CA listed it last.
public struct CatalogEntry: Hashable, Sendable, Codable {
    public var account: String
    public var item: CatalogItem
    public var revision: Int
    /// When a sync last saw it.
    public var seenAt: Date
    /// When a sync first missed it.
    public var vanishedAt: Date?

    public init(account: String, item: CatalogItem, seenAt: Date) {
        self.account = account
        self.item = item
        self.revision = 0
        self.seenAt = seenAt
    }
}

/// The lists that a CA keeps for an account.
public enum CatalogKind: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
    case organizations, domains, profiles
}

/// A row of such a list.
public enum CatalogItem: Hashable, Sendable, Codable {
    case organization(Organization)
    case domain(RegisteredDomain)
    case profile(CertificateProfile)

    public var kind: CatalogKind {
        switch self {
        case .organization: .organizations
        case .domain: .domains
        case .profile: .profiles
        }
    }

    /// The CA's id for it.
    public var id: String {
        switch self {
        case .organization(let organization): organization.id.rawValue
        case .domain(let domain): domain.id.rawValue
        case .profile(let profile): profile.id.rawValue
        }
    }

    /// When control of a domain must be proved again.
    package var validationExpiresAt: Date? {
        guard case .domain(let domain) = self else { return nil }
        return domain.validationExpiresAt
    }

    public var name: String {
        switch self {
        case .organization(let organization): organization.name
        case .domain(let domain): domain.name
        case .profile(let profile): profile.name
        }
    }
}
