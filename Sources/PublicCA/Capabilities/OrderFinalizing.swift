// SPDX-License-Identifier: Apache-2.0

/// The CA wants the CSR in a second write, once the names are validated (RFC 8555 §7.4).
public protocol OrderFinalizing: Sendable {
    /// Hands the CSR to an order whose snapshot said ``OrderState/readyToFinalize``.
    ///
    /// A write. After an `ambiguous` failure the engine reads the order: one that is still ready was not finalized.
    func finalize(_ order: OrderReference, with request: CertificateSigningRequest) async throws(ProviderError)
}
