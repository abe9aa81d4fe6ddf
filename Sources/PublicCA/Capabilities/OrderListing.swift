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

    /// Reads an order together with its certificate, for a CA that shows both in fewer exchanges than
    /// ``PublicCAProvider/order(_:)`` and ``PublicCAProvider/certificate(_:)`` take; an import of many asks this first.
    ///
    /// `nil`, as by default: ask one after the other. Throws where the order cannot be read.
    func orderWithCertificate(_ reference: OrderReference) async throws(ProviderError) -> OrderWithCertificate?
}

extension OrderListing {
    /// `nil`: the CA shows them one after the other.
    public func orderWithCertificate(
        _ reference: OrderReference
    ) async throws(ProviderError) -> OrderWithCertificate? { nil }
}

/// An order and its certificate, read together.
public struct OrderWithCertificate: Sendable {
    /// As ``PublicCAProvider/order(_:)`` returns it.
    public var order: OrderSnapshot
    /// As ``PublicCAProvider/certificate(_:)`` returns or throws it; `nil` where the order is not issued.
    public var certificate: Result<CertificateSnapshot, ProviderError>?

    public init(order: OrderSnapshot, certificate: Result<CertificateSnapshot, ProviderError>?) {
        self.order = order
        self.certificate = certificate
    }
}

/// One order in a listing: just enough to tell whether it changed.
public struct OrderRow: Hashable, Sendable, Codable {
    /// What the order is read by.
    public var order: OrderReference
    /// The certificate, where there is one already.
    public var certificate: CertificateReference?
    /// Changes whenever anything about the order does that an import would want to read. Opaque. Empty where this listing
    /// cannot tell: the order is then read only while it is not known.
    public var version: String

    public init(order: OrderReference, certificate: CertificateReference?, version: String) {
        self.order = order
        self.certificate = certificate
        self.version = version
    }
}
