// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What an order is for, as far as it is known: by us, who wrote it, or by the CA, who was asked.
public struct OrderDetails: Hashable, Sendable, Codable {
    public var commonName: String
    /// All names, the common name first.
    public var alternativeNames: [SubjectAlternativeName]
    public var profile: ProfileID?
    public var organization: OrganizationID?
    /// In days.
    public var term: Int?
    public var keyAlgorithm: KeyAlgorithm?
    public var comments: String
    public var requesterEmails: [String]
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
