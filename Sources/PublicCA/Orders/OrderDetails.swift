// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What an order is for, as far as it is known: by us, who wrote it, or by the CA, who was asked.
public struct OrderDetails: Hashable, Sendable, Codable {
    /// Empty where the certificate has none.
    public var commonName: String
    /// All names, the common name first.
    public var alternativeNames: [SubjectAlternativeName]
    /// `nil` where the CA does not tell.
    public var profile: ProfileID?
    /// `nil` where there is none, or the CA does not tell.
    public var organization: OrganizationID?
    /// In days.
    public var term: Int?
    /// `nil` where the CA does not tell.
    public var keyAlgorithm: KeyAlgorithm?
    /// As a person wrote them, without the order key.
    public var comments: String
    /// Whom the CA writes to.
    public var requesterEmails: [String]
    /// The profile's own fields by name, as far as the CA shows them.
    public var fields: [String: String]
    /// Why a certificate is reissued.
    public var reason: String
    /// When the CA took the order.
    public var placedAt: Date?
    /// Whether the CA shows that a successor has been ordered; `nil` where it does not say.
    public var isRenewed: Bool?

    public init(
        commonName: String, alternativeNames: [SubjectAlternativeName], profile: ProfileID? = nil,
        organization: OrganizationID? = nil, term: Int? = nil, keyAlgorithm: KeyAlgorithm? = nil, comments: String = "",
        requesterEmails: [String] = [], fields: [String: String] = [:], reason: String = "", placedAt: Date? = nil,
        isRenewed: Bool? = nil
    ) {
        self.commonName = commonName
        self.alternativeNames = alternativeNames
        self.profile = profile
        self.organization = organization
        self.term = term
        self.keyAlgorithm = keyAlgorithm
        self.comments = comments
        self.requesterEmails = requesterEmails
        self.fields = fields
        self.reason = reason
        self.placedAt = placedAt
        self.isRenewed = isRenewed
    }
}
