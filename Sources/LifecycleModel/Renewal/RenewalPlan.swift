// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// When a successor is to be ordered, why then, and what became of it: stored, so that the date does not move when
/// somebody looks.
public struct RenewalPlan: Hashable, Sendable, Codable {
    /// The certificate that it was made for.
    public var certificate: CertificateID
    public var dueAt: Date
    public var reason: RenewalReason
    /// How the date came about, as a sentence for people.
    public var note: String
    /// The order that is under way.
    public var order: OrderID?
    /// Attempts in a row that came to nothing.
    public var failures: Streak
    /// Why it has not succeeded yet.
    public var problem: String?
    /// The CA shows that it was renewed, though not from here: an import brings the successor, an order would buy another.
    @Added public var isRenewedElsewhere: Bool
    /// Given up: a person decides.
    public var isStuck: Bool

    /// Whether it has been begun.
    public var isUnderWay: Bool { order != nil || failures.count > 0 }

    public init(certificate: CertificateID, dueAt: Date, reason: RenewalReason, note: String) {
        self.certificate = certificate
        self.dueAt = dueAt
        self.reason = reason
        self.note = note
        self.failures = Streak()
        self.isRenewedElsewhere = false
        self.isStuck = false
    }
}
