// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// One leaf certificate with its chain.
public struct IssuedCertificate: Hashable, Sendable, Codable {
    public var id: CertificateID
    public var revision: Int
    public var account: String
    public var managed: ManagedCertificateID
    public var order: OrderID
    public var reference: CertificateReference
    public var facts: CertificateFacts
    /// Leaf first, each followed by its issuer.
    public var chain: CertificateChain
    public var status: CertificateStatus
    public var revocation: Revocation?
    /// Whether the revocation was asked for here.
    public var isRevokedByUs: Bool
    /// The certificate that took its place here.
    public var successor: CertificateID?
    /// A reissue in place has taken the reference over: reading it shows the successor.
    public var isReferencePassedOn: Bool
    /// When the CA would like it renewed, as it said last.
    public var suggestedRenewal: SuggestedRenewal?
    /// Looks at the CA in a row that failed, for the retry schedule.
    @Added public var failures: Streak
    public var createdAt: Date

    public init(
        id: CertificateID, account: String, managed: ManagedCertificateID, order: OrderID,
        reference: CertificateReference, facts: CertificateFacts, chain: CertificateChain, createdAt: Date
    ) {
        self.id = id
        self.revision = 0
        self.account = account
        self.managed = managed
        self.order = order
        self.reference = reference
        self.facts = facts
        self.chain = chain
        self.status = .valid
        self.isRevokedByUs = false
        self.isReferencePassedOn = false
        self.failures = Streak()
        self.createdAt = createdAt
    }

    /// What it is at a date: validity ends by itself, everything else is on record.
    public func status(at now: Date) -> CertificateStatus {
        status == .valid && facts.notAfter < now ? .expired : status
    }

    /// Takes over what the CA says of it. A CA that still shows as valid what it has revoked for us, or has replaced, is
    /// late: that is no news.
    public mutating func adopt(_ state: CertificateState) {
        switch state {
        case .valid, .expired: if !isRevokedByUs, status == .revoked { status = .valid }
        case .replaced: if status == .valid { status = .replaced }
        case .revoked(let news):
            revocation = news
            // Some CAs revoke what they have replaced: then the reissue has ended it, unless the key was in danger.
            let isReplaced = status == .replaced && !isRevokedByUs && news.reason != .keyCompromise
            if !isReplaced { status = .revoked }
        case .unrecognized: break
        }
    }

    /// Whether it is in force and nothing has taken its place: such a one answers to its common name.
    public func isLive(at now: Date) -> Bool { status(at: now) == .valid && successor == nil }
}

/// Raw values are stored, printed and read by scripts.
public enum CertificateStatus: String, Hashable, Sendable, Codable, CaseIterable {
    case valid, expired, revoked, replaced
}

/// What is written in a certificate.
public struct CertificateFacts: Hashable, Sendable, Codable {
    public var commonName: String
    public var alternativeNames: [SubjectAlternativeName]
    public var serialNumber: SerialNumber
    /// Distinguished names as text (RFC 4514).
    public var subject: String
    public var issuer: String
    public var notBefore: Date
    public var notAfter: Date
    /// SHA-256 of the DER, lower-case hex.
    public var sha256: String
    public var publicKey: PublicKeyDigest
    public var keyAlgorithm: KeyAlgorithm

    public init(
        commonName: String, alternativeNames: [SubjectAlternativeName], serialNumber: SerialNumber, subject: String,
        issuer: String, notBefore: Date, notAfter: Date, sha256: String, publicKey: PublicKeyDigest,
        keyAlgorithm: KeyAlgorithm
    ) {
        self.commonName = commonName
        self.alternativeNames = alternativeNames
        self.serialNumber = serialNumber
        self.subject = subject
        self.issuer = issuer
        self.notBefore = notBefore
        self.notAfter = notAfter
        self.sha256 = sha256
        self.publicKey = publicKey
        self.keyAlgorithm = keyAlgorithm
    }
}
