// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The CA sorts its customers' certificates by organization.
public protocol OrganizationListing: Sendable {
    /// One page of the organizations that the account may see, departments among them.
    ///
    /// Where a CA wants a call for each organization, a page holds as many as can be read within a minute.
    ///
    /// - Parameter cursor: `nil` for the first page, else what the page before gave.
    func listOrganizations(after cursor: PageCursor?) async throws(ProviderError) -> Page<Organization>
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
    /// Why no order can be placed for it through the API now, as the rest of a sentence: "the API is switched off for
    /// it". `nil` where orders can be placed, or the CA does not say.
    public var orderingProblem: String?
    /// The CA's word for its validation; `nil` where the CA does not tell.
    public var validationStatus: String?
    /// Whether it stands validated for certificates that name it (OV; Baseline Requirements §3.2.2.1); `nil` where the
    /// CA does not say.
    public var isValidated: Bool?
    /// When it must be validated again.
    public var validationExpiresAt: Date?

    public init(
        id: OrganizationID, name: String, parent: OrganizationID? = nil, status: String = "",
        orderingProblem: String? = nil, validationStatus: String? = nil, isValidated: Bool? = nil,
        validationExpiresAt: Date? = nil
    ) {
        self.id = id
        self.name = name
        self.parent = parent
        self.status = status
        self.orderingProblem = orderingProblem
        self.validationStatus = validationStatus
        self.isValidated = isValidated
        self.validationExpiresAt = validationExpiresAt
    }
}
