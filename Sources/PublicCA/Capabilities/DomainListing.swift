// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The CA validates domains once, ahead of orders.
public protocol DomainListing: Sendable {
    /// One page of the domains that the account may see.
    ///
    /// Where a CA wants a call for each domain, a page holds as many as can be read within a minute.
    ///
    /// - Parameter cursor: `nil` for the first page, else what the page before gave.
    func listDomains(after cursor: PageCursor?) async throws(ProviderError) -> Page<RegisteredDomain>
}

/// A domain as the CA knows it. An entry `*.example.org` speaks for names below, not for `example.org` itself.
public struct RegisteredDomain: Hashable, Sendable, Codable {
    /// What the CA calls the entry; a domain may have several.
    public var id: DomainID
    /// In A-labels, lower case, perhaps with a leading `*.`.
    public var name: String
    /// The CA's word for whether the entry is in use.
    public var status: String
    /// The CA's word for its validation.
    public var validationStatus: String
    /// Whether names below may be ordered now, false also for a suspended entry; `nil` where the CA does not say.
    public var isValidated: Bool?
    /// When control of the domain must be proved again.
    public var validationExpiresAt: Date?
    /// Who may order names below it: `nil` for everybody, empty for nobody.
    public var delegations: [DomainDelegation]?

    public init(
        id: DomainID, name: String, status: String, validationStatus: String, isValidated: Bool?,
        validationExpiresAt: Date? = nil, delegations: [DomainDelegation]? = nil
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.validationStatus = validationStatus
        self.isValidated = isValidated
        self.validationExpiresAt = validationExpiresAt
        self.delegations = delegations
    }
}

/// The right of one organization to order server certificates for names of a domain. Rights to other kinds of
/// certificate are left out.
public struct DomainDelegation: Hashable, Sendable, Codable {
    /// Who may order. A department has delegations of its own, or none.
    public var organization: OrganizationID
    /// Which names.
    public var names: Set<DelegatedName>
    /// Whether the right holds now, false for one that has only been requested.
    public var isInForce: Bool

    public init(
        organization: OrganizationID, names: Set<DelegatedName> = Set(DelegatedName.allCases), isInForce: Bool = true
    ) {
        self.organization = organization
        self.names = names
        self.isInForce = isInForce
    }
}

/// The kinds of names that are delegated apart from each other.
public enum DelegatedName: String, CaseIterable, Hashable, Sendable, Codable {
    /// The domain itself.
    case domain
    /// Names below it, at any depth.
    case subdomain
    /// The wildcard right below it, `*.example.org`.
    case wildcard
    /// Wildcards deeper down, such as `*.shop.example.org`.
    case deeperWildcard
}
