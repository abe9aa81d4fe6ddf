// SPDX-License-Identifier: Apache-2.0

/// What a CA, or one account at it, can do beyond the six required calls.
///
/// Raw values are stable: they are stored, printed and read by scripts.
public enum Capability: String, CaseIterable, Hashable, Sendable, Codable {
    /// A new order can be linked to the certificate that it follows, see ``OrderRenewing``.
    case renewing
    /// Another certificate can be had under a paid order, see ``OrderReissuing``.
    case reissuing
    /// An order can be withdrawn before issuance, see ``OrderCancelling``.
    case cancelling
    /// Orders take their CSR in a second write, see ``OrderFinalizing``.
    case finalizing
    /// An order whose answer was lost can be looked for, see ``OrderLocating``.
    case locating
    /// Orders can be listed, those of others included, see ``OrderListing``.
    case orders
    /// Organizations can be listed, see ``OrganizationListing``.
    case organizations
    /// Domains can be listed, see ``DomainListing``.
    case domains
}

extension PublicCAProvider {
    public var renewing: (any OrderRenewing)? { nil }
    public var reissuing: (any OrderReissuing)? { nil }
    public var cancelling: (any OrderCancelling)? { nil }
    public var finalizing: (any OrderFinalizing)? { nil }
    public var locating: (any OrderLocating)? { nil }
    public var orders: (any OrderListing)? { nil }
    public var organizations: (any OrganizationListing)? { nil }
    public var domains: (any DomainListing)? { nil }

    /// What this account can do, computed from the accessors, so that it cannot disagree with the code.
    public var capabilities: Set<Capability> {
        let offered: [(Capability, Bool)] = [
            (.renewing, renewing != nil), (.reissuing, reissuing != nil), (.cancelling, cancelling != nil),
            (.finalizing, finalizing != nil), (.locating, locating != nil), (.orders, orders != nil),
            (.organizations, organizations != nil), (.domains, domains != nil),
        ]
        return Set(offered.lazy.filter(\.1).map(\.0))
    }
}

// A conformance alone switches the accessor on: no cast, so a wrapper can forward it and an account can refuse it.
extension PublicCAProvider where Self: OrderRenewing { public var renewing: (any OrderRenewing)? { self } }
extension PublicCAProvider where Self: OrderReissuing { public var reissuing: (any OrderReissuing)? { self } }
extension PublicCAProvider where Self: OrderCancelling { public var cancelling: (any OrderCancelling)? { self } }
extension PublicCAProvider where Self: OrderFinalizing { public var finalizing: (any OrderFinalizing)? { self } }
extension PublicCAProvider where Self: OrderLocating { public var locating: (any OrderLocating)? { self } }
extension PublicCAProvider where Self: OrderListing { public var orders: (any OrderListing)? { self } }
extension PublicCAProvider where Self: OrganizationListing {
    public var organizations: (any OrganizationListing)? { self }
}
extension PublicCAProvider where Self: DomainListing { public var domains: (any DomainListing)? { self } }

extension Capability {
    /// What a provider's type conforms to: the most that any account of it can do.
    static func declared(by type: any PublicCAProvider.Type) -> Set<Capability> {
        let conformances: [(Capability, Bool)] = [
            (.renewing, type is any OrderRenewing.Type), (.reissuing, type is any OrderReissuing.Type),
            (.cancelling, type is any OrderCancelling.Type), (.finalizing, type is any OrderFinalizing.Type),
            (.locating, type is any OrderLocating.Type), (.orders, type is any OrderListing.Type),
            (.organizations, type is any OrganizationListing.Type), (.domains, type is any DomainListing.Type),
        ]
        return Set(conformances.lazy.filter(\.1).map(\.0))
    }
}
