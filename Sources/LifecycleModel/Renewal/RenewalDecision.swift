// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What auto-renewal decided about one certificate, and why: a row of the audit. Rows are only ever added, and one that
/// would repeat the row before is not.
public struct RenewalDecision: Hashable, Sendable, Codable {
    public var id: RenewalDecisionID
    public var revision: Int
    public var at: Date
    public var account: String
    public var certificate: CertificateID
    public var commonName: String
    public var verdict: Verdict
    public var means: RenewalMeans
    /// A sentence for people.
    public var reason: String
    public var order: OrderID?
    public var successor: CertificateID?

    public init(
        id: RenewalDecisionID, at: Date, certificate: IssuedCertificate, verdict: Verdict, means: RenewalMeans,
        reason: String
    ) {
        self.id = id
        self.revision = 0
        self.at = at
        self.account = certificate.account
        self.certificate = certificate.id
        self.commonName = certificate.facts.commonName
        self.verdict = verdict
        self.means = means
        self.reason = reason
    }

    /// Raw values are stored, printed and read by scripts.
    public enum Verdict: String, Hashable, Sendable, Codable, CaseIterable {
        case renewed, notDue, failed, skipped
    }
}
