// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What is kept alive: it outlives its certificates, and what was decided for it follows them.
public struct ManagedCertificate: Hashable, Sendable, Codable {
    public var id: ManagedCertificateID
    public var revision: Int
    public var account: String
    /// The newest certificate.
    public var current: CertificateID?
    /// What was decided for this one, see ``autoRenewal(under:)``.
    public var autoRenewal: AutoRenewal
    /// Whether it was decided for this one. Otherwise its account's choice holds.
    @Added public var isAutoRenewalOwn: Bool
    /// When a successor is ordered without asking; `nil` where nothing is planned.
    public var renewal: RenewalPlan?
    /// What auto-renewal decided last, so that the audit does not repeat it.
    public var lastDecision: String?
    public var keystore: KeystoreChoice?
    public var createdAt: Date

    public init(id: ManagedCertificateID, account: String, createdAt: Date, keystore: KeystoreChoice? = nil) {
        self.id = id
        self.revision = 0
        self.account = account
        self.autoRenewal = AutoRenewal()
        self.isAutoRenewalOwn = false
        self.keystore = keystore
        self.createdAt = createdAt
    }

    /// What holds for it: its own choice, else its account's.
    public func autoRenewal(under account: AccountRecord?) -> AutoRenewal {
        isAutoRenewalOwn ? autoRenewal : account?.autoRenewal ?? AutoRenewal()
    }
}

/// How a certificate leaves this place, with its key.
public struct KeystoreChoice: Hashable, Sendable, Codable {
    public var format: KeystoreFormat
    /// Sealed with the managed certificate's id.
    public var sealedPassword: Data?

    public init(format: KeystoreFormat, sealedPassword: Data?) {
        self.format = format
        self.sealedPassword = sealedPassword
    }
}

/// Containers that hold a private key.
public enum KeystoreFormat: String, Hashable, Sendable, Codable, CaseIterable {
    case pem, pkcs12, jks

    /// Whether it can only be written under a password.
    public var needsPassword: Bool { self != .pem }
}
