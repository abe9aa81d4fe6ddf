// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// The CA can be asked whether an order whose answer was lost has arrived.
///
/// Without this capability a lost answer leaves the order stuck for a person to resolve: slower, never double.
public protocol OrderLocating: Sendable {
    /// How long a fresh order may be missing from a lookup. The engine never believes ``Located/absent`` sooner.
    var settleTime: Duration { get }

    /// Looks for the order that an attempt may have made. Changes nothing.
    func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located
}

/// Everything that is known of a write whose outcome is not.
public struct OrderAttempt: Hashable, Sendable {
    /// What was sent, order key included.
    public var request: OrderRequest
    /// What the write was.
    public var kind: OrderKind
    /// The certificate that a renewal or reissue follows.
    public var predecessor: Predecessor?
    /// Nothing older than this can be the order, give or take the clocks' difference.
    public var notBefore: Date

    public init(request: OrderRequest, kind: OrderKind, predecessor: Predecessor?, notBefore: Date) {
        self.request = request
        self.kind = kind
        self.predecessor = predecessor
        self.notBefore = notBefore
    }
}

/// What kind of write made, or would make, an order.
public enum OrderKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Made by ``PublicCAProvider/place(_:)``.
    case new
    /// Made by ``OrderRenewing/renew(_:with:)``.
    case renewal
    /// Made by ``OrderReissuing/reissue(_:with:)``.
    case reissue
    /// Made by somebody else and found by an import.
    case imported
}

/// The answer of a lookup.
public enum Located: Hashable, Sendable {
    /// This order is ours without doubt.
    case found(OrderReference)
    /// The CA has no such order, as far as it can see yet.
    case absent
    /// One of these may be ours, which cannot be told apart yet. Never leads to another purchase.
    case undecided([OrderReference])
}
