// SPDX-License-Identifier: Apache-2.0

/// Everything a CA is told when a certificate is ordered, renewed or reissued.
///
/// It has been checked before: names are normalised, the profile offers the term, mandatory fields are there, and the
/// CSR is signed and carries the same names.
public struct OrderRequest: Hashable, Sendable, Codable {
    /// Our name for the order, the same on every attempt.
    public var key: OrderKey
    /// Signed by the certificate's own key, and never used for another order.
    public var signingRequest: CertificateSigningRequest
    /// One of ``alternativeNames``, as text.
    public var commonName: String
    /// All names of the certificate, the common name first.
    public var alternativeNames: [SubjectAlternativeName]
    /// One of ``PublicCAProvider/profiles()``.
    public var profile: ProfileID
    /// `nil` where the CA knows no organizations.
    public var organization: OrganizationID?
    /// The validity asked for, in days; one of the profile's terms.
    public var term: Int
    /// What a person wrote for the people at the CA. The order key is not in it.
    public var comments: String
    /// Whom the CA may write to; may be empty.
    public var requesterEmails: [String]
    /// The profile's own fields by name.
    public var fields: [String: String]
    /// Why a certificate is reissued; empty for other orders.
    public var reason: String

    public init(
        key: OrderKey, signingRequest: CertificateSigningRequest, commonName: String,
        alternativeNames: [SubjectAlternativeName], profile: ProfileID, organization: OrganizationID? = nil, term: Int,
        comments: String = "", requesterEmails: [String] = [], fields: [String: String] = [:], reason: String = ""
    ) {
        self.key = key
        self.signingRequest = signingRequest
        self.commonName = commonName
        self.alternativeNames = alternativeNames
        self.profile = profile
        self.organization = organization
        self.term = term
        self.comments = comments
        self.requesterEmails = requesterEmails
        self.fields = fields
        self.reason = reason
    }
}

/// The certificate that a renewal or a reissue follows, as the CA knows it.
public struct Predecessor: Hashable, Sendable, Codable {
    /// The order that it came from; at some CAs several certificates have one.
    public var order: OrderReference
    /// May have passed to a successor, where the CA reissues in place.
    public var certificate: CertificateReference
    /// Tells it from a successor under the same reference.
    public var serialNumber: SerialNumber
    /// The certificate itself, in DER: some CAs name a certificate by its contents (RFC 9773 §4.1).
    public var leaf: CertificateChain

    public init(
        order: OrderReference, certificate: CertificateReference, serialNumber: SerialNumber, leaf: CertificateChain
    ) {
        self.order = order
        self.certificate = certificate
        self.serialNumber = serialNumber
        self.leaf = leaf
    }
}
