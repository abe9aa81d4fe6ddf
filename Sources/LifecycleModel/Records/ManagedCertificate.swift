// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What is kept alive: it outlives its certificates, and what was decided for it follows them.
public struct ManagedCertificate: Hashable, Sendable, Codable {
    public var id: ManagedCertificateID
    public var revision: Int
    public var account: String
    /// The newest certificate.
    public var current: CertificateID?
    public var autoRenewal: AutoRenewal
    public var keystore: KeystoreChoice?
    public var createdAt: Date

    public init(id: ManagedCertificateID, account: String, createdAt: Date, keystore: KeystoreChoice? = nil) {
        self.id = id
        self.revision = 0
        self.account = account
        self.autoRenewal = AutoRenewal()
        self.keystore = keystore
        self.createdAt = createdAt
    }
}

/// Whether, and how many days before expiry, a successor is ordered without asking.
public struct AutoRenewal: Hashable, Sendable, Codable {
    public var isEnabled: Bool
    /// `nil`: by the share of the lifetime, see ``RenewalPolicy``.
    public var days: Int?

    public init(isEnabled: Bool = false, days: Int? = nil) {
        self.isEnabled = isEnabled
        self.days = days
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
