// SPDX-License-Identifier: Apache-2.0

/// The CA links a new order to the certificate that it follows.
///
/// A renewal is a new order and may be charged. Where a CA knows no such link, leave this out: the engine then places a
/// plain order.
public protocol OrderRenewing: Sendable {
    /// Orders the successor of a certificate. A write: everything said at ``PublicCAProvider/place(_:)`` holds.
    ///
    /// Some CAs take nothing but a CSR here and copy the rest from the predecessor; the request is complete all the
    /// same, so that others can be told everything.
    func renew(_ predecessor: Predecessor, with request: OrderRequest) async throws(ProviderError) -> OrderReference
}
