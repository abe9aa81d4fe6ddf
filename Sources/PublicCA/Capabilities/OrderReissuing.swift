// SPDX-License-Identifier: Apache-2.0

/// The CA issues another certificate under an order that is already paid: a new key, or other names.
public protocol OrderReissuing: Sendable {
    /// What becomes of the certificate that is replaced.
    var predecessor: PredecessorFate { get }

    /// Asks for the new certificate. A write: everything said at ``PublicCAProvider/place(_:)`` holds.
    ///
    /// Returns the reference to read from now on, which at some CAs is the predecessor's own. In that case the next
    /// reads may still show the old certificate; the engine compares and takes that for "not yet".
    func reissue(_ predecessor: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference
}

/// Whether the old certificate may still be counted on while the new one is being deployed.
public enum PredecessorFate: Hashable, Sendable, Codable {
    /// It stays valid until it expires or is revoked.
    case stays
    /// The CA revokes it by itself, so much later.
    case revoked(after: Duration)
    /// The CA does not say.
    case unknown
}
