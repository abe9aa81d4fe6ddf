// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The CA sorts its customers' certificates by organization.
public protocol OrganizationListing: Sendable {
    /// All organizations that the account may see, departments among them.
    func listOrganizations() async throws(ProviderError) -> [Organization]
}

/// An organization, or a department of one, at the CA.
public struct Organization: Hashable, Sendable, Codable {
    /// What an order names it by.
    public var id: OrganizationID
    /// As the CA writes it; names may repeat.
    public var name: String
    /// The organization that this one is a department of.
    public var parent: OrganizationID?
    /// The CA's word for its condition; empty when the CA has none.
    public var status: String

    public init(id: OrganizationID, name: String, parent: OrganizationID? = nil, status: String = "") {
        self.id = id
        self.name = name
        self.parent = parent
        self.status = status
    }
}

/// The CA validates domains once, ahead of orders.
public protocol DomainListing: Sendable {
    /// One page of the domains that the account may see.
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
    /// Whether names below may be ordered now; `nil` where the CA does not say.
    public var isValidated: Bool?
    /// When control of the domain must be proved again.
    public var validationExpiresAt: Date?
    /// Who may order names below it.
    public var organizations: [OrganizationID]

    public init(
        id: DomainID, name: String, status: String, validationStatus: String, isValidated: Bool?,
        validationExpiresAt: Date? = nil, organizations: [OrganizationID]
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.validationStatus = validationStatus
        self.isValidated = isValidated
        self.validationExpiresAt = validationExpiresAt
        self.organizations = organizations
    }
}
