// SPDX-License-Identifier: Apache-2.0

/// Why a certificate was revoked: CRLReason with its numbers (RFC 5280 §5.3.1).
public enum RevocationReason: Int, Hashable, Sendable, Codable, CaseIterable {
    case unspecified = 0
    case keyCompromise = 1
    case cACompromise = 2
    case affiliationChanged = 3
    case superseded = 4
    case cessationOfOperation = 5
    case certificateHold = 6
    case removeFromCRL = 8
    case privilegeWithdrawn = 9
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
