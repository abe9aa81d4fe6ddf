// SPDX-License-Identifier: Apache-2.0

/// The CA lists the orders it has, also those that were not made here.
public protocol OrderListing: Sendable {
    /// The CA's own words for the states a listing can be narrowed to. Empty: it cannot be narrowed.
    var listedStates: [String] { get }

    /// One page of orders, pending, refused and ended ones included.
    ///
    /// Rows may shift between pages while others place orders: a row may then come twice, but must not be lost.
    ///
    /// - Parameters:
    ///   - states: some of ``listedStates``; empty for all.
    ///   - cursor: `nil` for the first page, else what the page before gave. A cursor stays good for days.
    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow>
}

/// One order in a listing: just enough to tell whether it changed.
public struct OrderRow: Hashable, Sendable, Codable {
    /// What the order is read by.
    public var order: OrderReference
    /// The certificate, where there is one already.
    public var certificate: CertificateReference?
    /// Changes whenever anything about the order does that an import would want to read. Opaque.
    public var version: String

    public init(order: OrderReference, certificate: CertificateReference?, version: String) {
        self.order = order
        self.certificate = certificate
        self.version = version
    }
}
