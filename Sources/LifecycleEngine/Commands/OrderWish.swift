// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// What a person asks for, in a person's words: names as typed, profile and organization by id or name.
public struct OrderWish: Sendable {
    public var account: String
    public var profile: String
    public var commonName: String
    /// Besides the common name.
    public var names: [String] = []
    public var organization: String?
    /// In days; `nil` for the longest on offer.
    public var term: Int?
    /// `nil` for `rsa-2048`, or the first on offer where that is not.
    public var keyAlgorithm: KeyAlgorithm?
    /// A CSR in PEM or DER whose key is held elsewhere.
    public var signingRequest: Data?
    public var keystore: KeystoreWish?
    public var comments = ""
    public var requesterEmails: [String] = []
    public var fields: [String: String] = [:]
    /// The caller's own idempotency key.
    public var callerKey: String?

    public init(account: String, profile: String, commonName: String) {
        self.account = account
        self.profile = profile
        self.commonName = commonName
    }
}

/// How the certificate shall leave this place.
public struct KeystoreWish: Sendable {
    public var format: KeystoreFormat
    public var password: Secret?

    public init(format: KeystoreFormat, password: Secret?) {
        self.format = format
        self.password = password
    }
}

/// What a person asks of a successor. What is not given stays as it was.
public struct SuccessorWish: Sendable {
    /// Use the predecessor's key again.
    public var keepsKey = false
    /// Replaces the common name; `nil` for unchanged. Reissues only.
    public var commonName: String?
    /// The whole new set, the common name being included by itself; `nil` for unchanged. Reissues only.
    public var names: [String]?
    public var keyAlgorithm: KeyAlgorithm?
    public var signingRequest: Data?
    public var keystore: KeystoreWish?
    /// Why; required for a reissue.
    public var reason = ""
    public var callerKey: String?
    /// Auto-renewal wishes it.
    var isAutomatic = false

    public init() {}
}

/// What an order would be, found without writing anything.
public struct OrderDraft: Sendable {
    public var details: OrderDetails
    public var profile: CertificateProfile
    public var organization: Organization?
    public var signingRequest: CertificateSigningRequest?
    /// What is right now and may be wrong by the time that the CA issues, one sentence each.
    public var warnings: [String] = []
}
