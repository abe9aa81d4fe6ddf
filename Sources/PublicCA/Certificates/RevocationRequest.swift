// SPDX-License-Identifier: Apache-2.0

/// The wish to end one certificate.
public struct RevocationRequest: Hashable, Sendable, Codable {
    /// Where the CA keeps it.
    public var certificate: CertificateReference
    /// Binds the wish to one certificate where the reference has passed to its successor.
    public var serialNumber: SerialNumber
    /// The certificate itself, where it is at hand: some CAs name it by its contents (RFC 8555 §7.6).
    public var leaf: CertificateChain?
    /// One of ``RevocationReason/requestable``, unless a person insists.
    public var reason: RevocationReason
    /// For the people at the CA; never empty.
    public var comments: String

    public init(
        certificate: CertificateReference, serialNumber: SerialNumber, leaf: CertificateChain? = nil,
        reason: RevocationReason, comments: String
    ) {
        self.certificate = certificate
        self.serialNumber = serialNumber
        self.leaf = leaf
        self.reason = reason
        self.comments = comments
    }
}

/// How the CA took the wish.
public enum RevocationOutcome: Hashable, Sendable, Codable {
    /// Done, by this call.
    case revoked
    /// It had been revoked before.
    case alreadyRevoked
    /// Taken, and done later: the certificate is read until it shows.
    case accepted
}
