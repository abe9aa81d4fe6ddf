// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A certificate as the CA shows it, at the moment it was read.
public struct CertificateSnapshot: Hashable, Sendable, Codable {
    public var state: CertificateState
    /// The CA's own word for the state.
    public var wording: String
    public var serialNumber: SerialNumber?
    /// As the CA sent it, in any order; `nil` where the CA does not hand it out, as after a revocation.
    public var chain: CertificateChain?

    public init(
        state: CertificateState, wording: String, serialNumber: SerialNumber? = nil, chain: CertificateChain? = nil
    ) {
        self.state = state
        self.wording = wording
        self.serialNumber = serialNumber
        self.chain = chain
    }
}

/// What the CA says about a certificate.
public enum CertificateState: Hashable, Sendable, Codable {
    case valid
    case expired
    case revoked(Revocation)
    /// Another certificate took its place under the same order.
    case replaced
    /// A word that the provider does not know.
    case unrecognized
}

/// When and why a certificate was revoked, as far as the CA tells.
public struct Revocation: Hashable, Sendable, Codable {
    public var at: Date?
    public var reason: RevocationReason?

    public init(at: Date? = nil, reason: RevocationReason? = nil) {
        self.at = at
        self.reason = reason
    }
}
