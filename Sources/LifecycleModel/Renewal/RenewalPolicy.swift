// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import PublicCA

/// When a certificate wants a successor, why, and by which means. `docs/Renewal.md` works it out for the lifetimes of
/// today and tomorrow.
public struct RenewalPolicy: Hashable, Sendable {
    /// Where nobody decided otherwise: the share of its lifetime after which a certificate is due.
    public var share: Double
    /// How widely certificates of one age are scattered, as a share of their lifetime.
    public var spread: Double

    public init(share: Double = 2.0 / 3, spread: Double = 1.0 / 24) {
        self.share = share
        self.spread = spread
    }

    /// Shares of the lifetime outside of this range are not sensible: earlier would buy for ever, later leaves no time
    /// for a second attempt.
    public static let sensibleShares = 0.5...0.95

    public func verdict(for input: RenewalInput, at now: Date) -> RenewalVerdict {
        let certificate = input.certificate
        if let successor = certificate.successor {
            return .never(.succeeded, "\(successor) is its successor")
        }
        if certificate.status == .revoked { return verdict(forRevoked: certificate, input, at: now) }
        if certificate.status == .replaced { return .never(.ended, "a reissue has taken its place at the CA") }
        guard input.hasKey || !input.autoRenewal.onlyWithKey else {
            return .never(.keyElsewhere, "its key is not here, and only certificates with a key are to be renewed")
        }
        // What had expired when it came here is history.
        guard certificate.status(at: now) == .valid || input.isPlanned else {
            return .never(.ended, "it had expired before it was to be renewed")
        }
        let (dueAt, reason, note) = dueDate(for: input)
        let key = input.hasKey ? "" : "; its key is not here, so that it gets a new one"
        return RenewalVerdict(dueAt: dueAt, reason: reason, means: means(for: input), note: note + key)
    }

    /// When windows are no longer waited for: a twelfth of the lifetime before the end, at least three days, but never
    /// more than half of the time that was left when it was due.
    public func emergency(for facts: CertificateFacts, dueAt: Date) -> Date {
        let usual = max(3 * 86400, facts.lifetime / 12)
        let left = max(0, facts.notAfter.timeIntervalSince(dueAt))
        return facts.notAfter.addingTimeInterval(-min(usual, left / 2))
    }

    /// When half of the time is gone that was left when it was due: attempts that come to nothing are not repeated any more,
    /// once they were for a day, and a person has the other half.
    public func lastAttempt(for facts: CertificateFacts, dueAt: Date) -> Date {
        dueAt.addingTimeInterval(max(0, facts.notAfter.timeIntervalSince(dueAt)) / 2)
    }

    /// Found revoked at the CA: at once, unless we did it or the service is gone. What was revoked before it was ever
    /// planned here is history.
    private func verdict(
        forRevoked certificate: IssuedCertificate, _ input: RenewalInput, at now: Date
    ) -> RenewalVerdict {
        if certificate.isRevokedByUs { return .never(.ended, "it was revoked from here") }
        if certificate.revocation?.reason == .cessationOfOperation {
            return .never(.ended, "it was revoked because it is no longer needed")
        }
        guard input.isPlanned, certificate.facts.notAfter > now else {
            return .never(.ended, "it was over before it was to be renewed")
        }
        let why = certificate.revocation?.reason.map { ", as \($0.name)" } ?? ""
        // The revoked order is not renewed: it is bought anew.
        return RenewalVerdict(
            dueAt: now, reason: .revokedAtCA, means: .newOrder,
            note: "somebody else had it revoked at the CA\(why): it is needed anew at once")
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
