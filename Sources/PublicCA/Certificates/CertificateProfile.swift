// SPDX-License-Identifier: Apache-2.0

/// A product that an account may order.
public struct CertificateProfile: Hashable, Sendable, Codable {
    /// What an order names it by.
    public var id: ProfileID
    /// Names may repeat; the id decides.
    public var name: String
    /// The validities on offer, in days.
    public var terms: [Int]
    /// The keys on offer; `nil` where the CA does not say.
    public var keyAlgorithms: [KeyAlgorithm]?
    /// Who may order it; `nil` for everybody.
    public var organizations: [OrganizationID]?
    /// What else an order may or must carry.
    public var fields: [FieldDescription]
    /// How large an order of it may be.
    public var limits: OrderLimits
    /// Whether the CA refuses names that lie under none of the account's listed domains. Only then are names checked
    /// against ``DomainListing`` before an order; elsewhere its domains are told and no more.
    public var checksDomains: Bool

    public init(
        id: ProfileID, name: String, terms: [Int], keyAlgorithms: [KeyAlgorithm]? = nil,
        organizations: [OrganizationID]? = nil, fields: [FieldDescription] = [], limits: OrderLimits = OrderLimits(),
        checksDomains: Bool = false
    ) {
        self.id = id
        self.name = name
        self.terms = terms
        self.keyAlgorithms = keyAlgorithms
        self.organizations = organizations
        self.fields = fields
        self.limits = limits
        self.checksDomains = checksDomains
    }

    /// Profiles that were kept before domains were checked are not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(ProfileID.self, forKey: .id)
        name = try container.decode(String.self, forKey: .name)
        terms = try container.decode([Int].self, forKey: .terms)
        keyAlgorithms = try container.decodeIfPresent([KeyAlgorithm].self, forKey: .keyAlgorithms)
        organizations = try container.decodeIfPresent([OrganizationID].self, forKey: .organizations)
        fields = try container.decode([FieldDescription].self, forKey: .fields)
        limits = try container.decode(OrderLimits.self, forKey: .limits)
        checksDomains = try container.decodeIfPresent(Bool.self, forKey: .checksDomains) ?? false
    }
}

/// A field of an order that only this CA or this customer knows.
public struct FieldDescription: Hashable, Sendable, Codable {
    /// What ``OrderRequest/fields`` has it under.
    public var name: String
    /// Whether the CA refuses an order without it.
    public var isRequired: Bool
    /// The values to choose from; empty for free text.
    public var choices: [String]
    /// The most characters of a value; `nil` for no limit.
    public var limit: Int?
    /// `nil` for text that means nothing to the CA.
    public var form: FieldForm?

    public init(
        name: String, isRequired: Bool, choices: [String] = [], limit: Int? = nil, form: FieldForm? = nil
    ) {
        self.name = name
        self.isRequired = isRequired
        self.choices = choices
        self.limit = limit
        self.form = form
    }
}

/// How the value of a field is written, where not every text will do.
public enum FieldForm: String, Hashable, Sendable, Codable {
    /// A day of the calendar as `yyyy-MM-dd` (RFC 3339 §5.6). A provider writes it as its CA wants it.
    case date
}

/// The sizes that a CA accepts; `nil` where it sets no limit. Checked before anything is sent.
public struct OrderLimits: Hashable, Sendable, Codable {
    /// Names in one certificate, the common name included.
    public var names: Int?
    /// Characters in the comments.
    public var comments: Int?
    /// Characters in all requester e-mails, commas included.
    public var requesterEmails: Int?
    /// Characters in the reason of a reissue, and in the comments of a revocation.
    public var reason: Int?

    public init(names: Int? = nil, comments: Int? = nil, requesterEmails: Int? = nil, reason: Int? = nil) {
        self.names = names
        self.comments = comments
        self.requesterEmails = requesterEmails
        self.reason = reason
    }
}
