// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// When a certificate wants a successor, why, and by which means.
public struct RenewalPolicy: Hashable, Sendable {
    /// Where nobody set a number of days: the share of its lifetime after which a certificate is due.
    public var share: Double
    /// How widely certificates of one age are scattered, as a share of their lifetime.
    public var spread: Double

    public init(share: Double = 2.0 / 3, spread: Double = 1.0 / 24) {
        self.share = share
        self.spread = spread
    }

    public func verdict(for input: RenewalInput, at now: Date) -> RenewalVerdict {
        if let verdict = revokedVerdict(for: input, at: now) { return verdict }
        let dueAt = dueDate(for: input)
        guard input.certificate.successor == nil else {
            return RenewalVerdict(dueAt: nil, reason: .succeeded, means: .none)
        }
        return RenewalVerdict(dueAt: dueAt, reason: .expiring, means: means(for: input))
    }

    /// Found revoked at the CA: at once, unless we did it or the service is gone.
    private func revokedVerdict(for input: RenewalInput, at now: Date) -> RenewalVerdict? {
        guard input.certificate.status == .revoked else { return nil }
        guard !input.certificate.isRevokedByUs, input.certificate.successor == nil,
            input.certificate.revocation?.reason != .cessationOfOperation
        else { return RenewalVerdict(dueAt: nil, reason: .ended, means: .none) }
        // The revoked order is not renewed: it is bought anew.
        return RenewalVerdict(dueAt: now, reason: .revokedAtCA, means: .newOrder)
    }

    private func dueDate(for input: RenewalInput) -> Date {
        let facts = input.certificate.facts
        let lifetime = facts.notAfter.timeIntervalSince(facts.notBefore)
        let latest: Date =
            if let days = input.autoRenewal.days {
                facts.notAfter.addingTimeInterval(-Double(days) * 86400)
            } else {
                facts.notBefore.addingTimeInterval(lifetime * share)
            }
        // Earlier, never later than what was asked for; and never before it is valid.
        let width = lifetime * spread
        let date = Spread.date(of: input.certificate.id.rawValue, from: latest.addingTimeInterval(-width), width: width)
        return max(date, facts.notBefore)
    }

    private func means(for input: RenewalInput) -> RenewalMeans {
        if let paidUntil = input.orderPaidUntil, input.capabilities.contains(.reissuing),
            !input.reissueLengthensNothing,
            paidUntil > input.certificate.facts.notAfter.addingTimeInterval(86400)
        {
            return .reissue
        }
        return input.capabilities.contains(.renewing) ? .renew : .newOrder
    }
}

/// What the verdict depends on.
public struct RenewalInput: Hashable, Sendable {
    public var certificate: IssuedCertificate
    public var autoRenewal: AutoRenewal
    public var capabilities: Set<Capability>
    /// Until when the order is paid for, where that is longer than the certificate.
    public var orderPaidUntil: Date?
    /// A reissue under this order has already been seen to give no more time: the next successor is bought.
    public var reissueLengthensNothing: Bool

    public init(
        certificate: IssuedCertificate, autoRenewal: AutoRenewal, capabilities: Set<Capability>,
        orderPaidUntil: Date? = nil, reissueLengthensNothing: Bool = false
    ) {
        self.certificate = certificate
        self.autoRenewal = autoRenewal
        self.capabilities = capabilities
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
}

/// Raw values are printed and read by scripts.
public enum RenewalReason: String, Hashable, Sendable, Codable, CaseIterable {
    case expiring
    case revokedAtCA
    /// It has a successor.
    case succeeded
    /// It was ended on purpose.
    case ended
}

/// Raw values are printed and read by scripts.
public enum RenewalMeans: String, Hashable, Sendable, Codable, CaseIterable {
    case reissue, renew, newOrder, none
}
