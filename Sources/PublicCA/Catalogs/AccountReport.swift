// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What a CA says about the account itself.
public struct AccountReport: Hashable, Sendable, Codable {
    /// The CA's words for what the account may do.
    public var roles: [String]
    /// What will not work, or will soon stop working, each as one sentence for the operator.
    public var warnings: [String]
    /// When the credentials run out.
    public var credentialsExpireAt: Date?
    /// What the account may not do though its provider can: it is refused here before it is tried, until a later report
    /// says otherwise.
    public var restrictions: [Restriction]

    public init(
        roles: [String] = [], warnings: [String] = [], credentialsExpireAt: Date? = nil,
        restrictions: [Restriction] = []
    ) {
        self.roles = roles
        self.warnings = warnings
        self.credentialsExpireAt = credentialsExpireAt
        self.restrictions = restrictions
    }

    /// Reports that were kept before there were restrictions have none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        roles = try container.decode([String].self, forKey: .roles)
        warnings = try container.decode([String].self, forKey: .warnings)
        credentialsExpireAt = try container.decodeIfPresent(Date.self, forKey: .credentialsExpireAt)
        restrictions = try container.decodeIfPresent([Restriction].self, forKey: .restrictions) ?? []
    }
}

/// Something that an account may not do, as its role at the CA is now.
///
/// A provider keeps no state, so that its accessors cannot know a role; its report can.
public struct Restriction: Hashable, Sendable, Codable {
    /// What may not be done.
    public var operation: AccountOperation
    /// Why, as one sentence for the operator: "the role RAO lacks the privilege sslRevoke".
    public var reason: String

    public init(_ operation: AccountOperation, _ reason: String) {
        self.operation = operation
        self.reason = reason
    }
}

/// What is asked of a CA on behalf of people.
///
/// Raw values are stable: they are stored, printed and read by scripts.
public enum AccountOperation: String, CaseIterable, Hashable, Sendable, Codable {
    /// ``PublicCAProvider/place(_:)``, and the CSR of a second write.
    case order
    /// ``OrderRenewing``; where only this is restricted, a plain order may still be placed.
    case renew
    /// ``OrderReissuing``.
    case reissue
    /// ``OrderCancelling``.
    case cancel
    /// ``PublicCAProvider/revoke(_:)``.
    case revoke
    /// ``OrderListing``, which an import needs.
    case listOrders
    /// ``OrganizationListing``.
    case listOrganizations
    /// ``DomainListing``.
    case listDomains
}
