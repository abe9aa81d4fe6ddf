// SPDX-License-Identifier: Apache-2.0

/// Why a certificate was revoked: CRLReason with its numbers (RFC 5280 §5.3.1).
public enum RevocationReason: Int, Hashable, Sendable, Codable, CaseIterable {
    /// No reason is given; the CRL then has none either.
    case unspecified = 0
    /// The private key is, or may be, known to others.
    case keyCompromise = 1
    /// The CA's own key is known to others.
    case cACompromise = 2
    /// The subject's name or organization changed; the key is not in doubt.
    case affiliationChanged = 3
    /// Another certificate took its place.
    case superseded = 4
    /// What it was for is over.
    case cessationOfOperation = 5
    /// For a time only; the Baseline Requirements (§4.9.13) forbid it for public TLS.
    case certificateHold = 6
    /// The hold is over. For delta CRLs only.
    case removeFromCRL = 8
    /// The subscriber may no longer have it.
    case privilegeWithdrawn = 9
    /// An attribute authority's key is known to others.
    case aACompromise = 10

    /// Those that a subscriber may give (Baseline Requirements §4.9.1.1 leave the others to the CA).
    public static let requestable: [RevocationReason] = [
        .unspecified, .keyCompromise, .affiliationChanged, .superseded, .cessationOfOperation,
    ]

    /// The reason with this name in RFC 5280, in any case.
    public init?(named name: String) {
        guard let match = Self.allCases.first(where: { $0.name.lowercased() == name.lowercased() }) else { return nil }
        self = match
    }

    /// The name in RFC 5280, such as `keyCompromise`.
    public var name: String { "\(self)" }
}
