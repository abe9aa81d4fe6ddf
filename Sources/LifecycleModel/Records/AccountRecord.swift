// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// One configured provider.
public struct AccountRecord: Hashable, Sendable, Codable {
    public var name: String
    public var revision: Int
    public var provider: String
    public var settings: [String: String]
    public var secrets: [String: SecretSource]
    /// Why nothing is asked of the CA; `nil` while the account is active.
    public var pausedReason: String?
    public var verifiedAt: Date?
    public var report: AccountReport?
    public var capabilities: Set<Capability>
    /// When each catalog was last read in full.
    public var lastSync: [CatalogKind: Date]
    /// What keeps the catalogs from being read; `nil` when the last reading ended well.
    public var syncFailure: SyncFailure?
    /// Rows of the last reading that could not be understood, the first ones of each catalog: what is kept of them is
    /// from an earlier reading.
    public var unreadable: [CatalogKind: [UnreadableRow]]?
    /// What holds for its certificates where nothing was decided for one; `nil` for no auto-renewal.
    public var autoRenewal: AutoRenewal?
    /// The home that keeps it was put back from a backup; `nil` for one that never was.
    package var restoration: Restoration?
    public var createdAt: Date

    public init(
        name: String, provider: String, settings: [String: String], secrets: [String: SecretSource], createdAt: Date
    ) {
        self.name = name
        self.revision = 0
        self.provider = provider
        self.settings = settings
        self.secrets = secrets
        self.capabilities = []
        self.lastSync = [:]
        self.createdAt = createdAt
    }

    public var isPaused: Bool { pausedReason != nil }
}

/// What an account of a home that was put back from a backup has to know: the CA may have more than is on record.
package struct Restoration: Hashable, Sendable, Codable {
    /// When it was put back. Until then the home went on elsewhere, without leaving a trace here.
    package var at: Date
    /// The last that the backup knows of.
    package var knownUntil: Date
    /// What the former home sent last has this time to appear in the CA's list.
    package var settling: Settling
    /// Whether an import of everything that the CA lists has begun after that, and ended.
    package var isReconciled = false
    /// Why an import has not told all, so that a person has to say whether it will do.
    package var obstacle: String?

    package init(at: Date, knownUntil: Date, settling: Settling) {
        self.at = at
        self.knownUntil = knownUntil
        self.settling = settling
    }

    /// Whether a certificate was issued after the backup, as far as dates tell: CAs let validity begin some hours early.
    package func isNews(_ facts: CertificateFacts) -> Bool {
        facts.notBefore > knownUntil.addingTimeInterval(-86400)
    }
}

extension AccountRecord {
    /// Since the home was put back, it was not compared with what the CA has: whatever succeeds another certificate may
    /// have been bought already.
    package var isBehind: Bool { restoration.map { !$0.isReconciled } ?? false }
}

/// A reading of the catalogs that has failed.
public struct SyncFailure: Hashable, Sendable, Codable {
    public var problem: String
    /// Attempts in a row that failed.
    @Added public var failures: Streak
    /// Whether it has been given up until somebody asks for it again.
    public var isFinal: Bool

    public init(problem: String, failures: Streak, isFinal: Bool) {
        self.problem = problem
        self.failures = failures
        self.isFinal = isFinal
    }
}

/// Where a secret is found. References stay references; only what was typed is stored, sealed.
public enum SecretSource: Hashable, Sendable, Codable {
    case environment(String)
    case file(String)
    case sealed(Data)
}
