// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// What the verdict depends on.
public struct RenewalInput: Hashable, Sendable {
    public var certificate: IssuedCertificate
    /// What holds for it, see ``ManagedCertificate/autoRenewal(under:)``.
    public var autoRenewal: AutoRenewal
    public var capabilities: Set<Capability>
    /// Whether its private key is here.
    public var hasKey: Bool
    /// Whether its renewal was planned before.
    public var isPlanned: Bool
    /// Until when the order is paid for, where that is longer than the certificate.
    public var orderPaidUntil: Date?
    /// A reissue under this order has already been seen to give no more time: the next successor is bought.
    public var reissueLengthensNothing: Bool

    public init(
        certificate: IssuedCertificate, autoRenewal: AutoRenewal, capabilities: Set<Capability>, hasKey: Bool = true,
        isPlanned: Bool = false, orderPaidUntil: Date? = nil, reissueLengthensNothing: Bool = false
    ) {
        self.certificate = certificate
        self.autoRenewal = autoRenewal
        self.capabilities = capabilities
        self.hasKey = hasKey
        self.isPlanned = isPlanned
        self.orderPaidUntil = orderPaidUntil
        self.reissueLengthensNothing = reissueLengthensNothing
    }
}

/// When, why and how.
public struct RenewalVerdict: Hashable, Sendable {
    /// `nil`: never.
    public var dueAt: Date?
    public var reason: RenewalReason
    public var means: RenewalMeans
    /// How the date came about, or why there is none: a sentence for people.
    public var note: String

    package static func never(_ reason: RenewalReason, _ note: String) -> RenewalVerdict {
        RenewalVerdict(dueAt: nil, reason: reason, means: .none, note: note)
    }
}

/// Raw values are stored, printed and read by scripts.
public enum RenewalReason: String, Hashable, Sendable, Codable, CaseIterable {
    case expiring
    case revokedAtCA
    /// The CA suggests a window (RFC 9773, section 4.2).
    case suggestedByCA
    /// It has a successor.
    case succeeded
    /// It was ended on purpose, or was over before anybody wanted it renewed.
    case ended
    /// Its key is not here, and such certificates are left alone.
    case keyElsewhere
}

/// Raw values are stored, printed and read by scripts.
public enum RenewalMeans: String, Hashable, Sendable, Codable, CaseIterable {
    case reissue, renew, newOrder, none

    /// As people say it.
    public var title: String {
        switch self {
        case .reissue: "a reissue under the same order"
        case .renew: "a renewal"
        case .newOrder: "a new order"
        case .none: "nothing"
        }
    }
}
