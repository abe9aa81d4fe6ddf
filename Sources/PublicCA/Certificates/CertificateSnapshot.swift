// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A certificate as the CA shows it, at the moment it was read.
public struct CertificateSnapshot: Hashable, Sendable, Codable {
    /// What the CA says of it now.
    public var state: CertificateState
    /// The CA's own word for the state.
    public var wording: String
    /// The leaf's; `nil` where the CA does not show it beside the chain.
    public var serialNumber: SerialNumber?
    /// As the CA sent it, in any order; `nil` where the CA does not hand it out, as after a revocation.
    public var chain: CertificateChain?
    /// When the CA would like it renewed; `nil` where it does not say.
    public var suggestedRenewal: SuggestedRenewal?

    public init(
        state: CertificateState, wording: String, serialNumber: SerialNumber? = nil, chain: CertificateChain? = nil,
        suggestedRenewal: SuggestedRenewal? = nil
    ) {
        self.state = state
        self.wording = wording
        self.serialNumber = serialNumber
        self.chain = chain
        self.suggestedRenewal = suggestedRenewal
    }
}

/// A stretch of time in which a CA suggests to renew (RFC 9773, section 4.2).
public struct SuggestedRenewal: Hashable, Sendable, Codable {
    /// When it begins; it may be past, which means at once.
    public var from: Date
    /// When it ends.
    public var until: Date
    /// Where the CA says why, such as an address of a page.
    public var explanation: String?

    public init(from: Date, until: Date, explanation: String? = nil) {
        self.from = from
        self.until = until
        self.explanation = explanation
    }
}

/// What the CA says about a certificate.
public enum CertificateState: Hashable, Sendable, Codable {
    /// Not revoked, and not over by the CA's clock.
    case valid
    /// Its last day has passed; it was not revoked before.
    case expired
    /// Ended before its time, whoever asked for it.
    case revoked(Revocation)
    /// Another certificate took its place under the same order.
    case replaced
    /// A word that the provider does not know, or none: the CA hands a certificate out and does not say how it fares
    /// (RFC 8555 §7.4.2). Nothing follows from it.
    case unrecognized
}

/// When and why a certificate was revoked, as far as the CA tells.
public struct Revocation: Hashable, Sendable, Codable {
    /// `nil` where the CA tells no date.
    public var at: Date?
    /// `nil` where the CA tells none, or one that RFC 5280 does not know.
    public var reason: RevocationReason?

    public init(at: Date? = nil, reason: RevocationReason? = nil) {
        self.at = at
        self.reason = reason
    }
}
