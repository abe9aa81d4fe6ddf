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

    public init(
        id: ProfileID, name: String, terms: [Int], keyAlgorithms: [KeyAlgorithm]? = nil,
        organizations: [OrganizationID]? = nil, fields: [FieldDescription] = [], limits: OrderLimits = OrderLimits()
    ) {
        self.id = id
        self.name = name
        self.terms = terms
        self.keyAlgorithms = keyAlgorithms
        self.organizations = organizations
        self.fields = fields
        self.limits = limits
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

    public init(name: String, isRequired: Bool, choices: [String] = []) {
        self.name = name
        self.isRequired = isRequired
        self.choices = choices
    }
}

/// The sizes that a CA accepts; `nil` where it sets no limit. Checked before anything is sent.
public struct OrderLimits: Hashable, Sendable, Codable {
    /// Names in one certificate, the common name included.
    public var names: Int?
    /// Characters in the comments.
    public var comments: Int?
    /// Characters in all requester e-mails, commas included.
    public var requesterEmails: Int?

    public init(names: Int? = nil, comments: Int? = nil, requesterEmails: Int? = nil) {
        self.names = names
        self.comments = comments
        self.requesterEmails = requesterEmails
    }
}
