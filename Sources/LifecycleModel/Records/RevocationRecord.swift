// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// The wish to end one certificate, and how far it has come.
public struct RevocationRecord: Hashable, Sendable, Codable {
    public var id: RevocationID
    public var revision: Int
    public var account: String
    public var certificate: CertificateID
    public var request: RevocationRequest
    public var phase: RevocationPhase
    public var wording: String
    public var problem: String?
    /// Writes that were sent.
    public var attempts: Int
    /// Questions in a row that failed, for the retry schedule. Any answer ends them.
    @Added public var failures: Streak
    /// Answers in a row that said "not yet".
    @Added public var waits: Streak
    /// A person has asked again since.
    @Added public var isFollowed: Bool
    public var createdAt: Date
    public var updatedAt: Date

    public init(
        id: RevocationID, account: String, certificate: CertificateID, request: RevocationRequest, createdAt: Date
    ) {
        self.id = id
        self.revision = 0
        self.account = account
        self.certificate = certificate
        self.request = request
        self.phase = .requested
        self.wording = ""
        self.attempts = 0
        self.failures = Streak()
        self.waits = Streak()
        self.isFollowed = false
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }
}

/// Where a revocation is.
public enum RevocationPhase: String, Hashable, Sendable, Codable, CaseIterable {
    case requested, sending, accepted, revoked, rejected, stuck

    public var isFinal: Bool {
        switch self {
        case .revoked, .rejected: true
        case .requested, .sending, .accepted, .stuck: false
        }
    }
}

extension RevocationRecord {
    /// Ended, or stands still, without the certificate being revoked, and nobody has asked again: whoever relies on it
    /// must know.
    public var hasFailed: Bool { (phase == .rejected || phase == .stuck) && !isFollowed }
}
