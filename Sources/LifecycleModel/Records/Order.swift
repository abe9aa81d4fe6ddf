// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// One attempt at one CA to get one certificate.
///
/// Its phase moves only through ``intend(_:at:policy:)`` and ``receive(_:at:policy:)``; an import puts an order that is
/// new here where the CA says it is.
public struct Order: Hashable, Sendable, Codable {
    public var id: OrderID
    /// How often the record was written; a commit names the revision that it read.
    public var revision: Int
    public var account: String
    public var provider: String
    public var kind: OrderKind
    public var managed: ManagedCertificateID

    public var phase: OrderPhase
    /// The CA's own word for where the order is.
    public var wording: String
    /// What a person should know: why it is stuck, refused, or waiting.
    public var problem: String?

    public var details: OrderDetails
    /// Our name for the order at the CA.
    public var key: OrderKey
    /// The caller's own idempotency key.
    public var callerKey: String?
    public var signingRequest: CertificateSigningRequest?
    /// The key of the signing request.
    public var publicKey: PublicKeyDigest?

    public var reference: OrderReference?
    /// A reissue in place has taken the reference over: it no longer leads to this order.
    public var isReferencePassedOn: Bool
    public var certificateReference: CertificateReference?
    public var certificate: CertificateID?
    /// The certificate that this order is to succeed, and how the CA knows it.
    public var predecessor: CertificateID?
    public var predecessorAtCA: Predecessor?
    /// What a lookup could not tell apart.
    public var candidates: [OrderReference]
    /// An import took the order alone, as it was told; a later one has to fetch the certificate.
    @Added public var isCertificateUnread: Bool
    /// When what waits for room at the CA ends: who ends first comes in first.
    public var waitingCertificateEndsAt: Date?
    /// What the CA issued and our check refused: kept, never delivered.
    public var heldChain: CertificateChain?
    public var validations: [DomainValidation]
    /// Why a person wants it withdrawn, for the people at the CA.
    public var cancelComments: String?
    /// The version under which a listing showed it when it was last read in full.
    public var listedVersion: String?

    /// Writes that were sent to buy this order.
    public var attempts: Int
    /// Whether it was sent before a person asked to try again, which begins the attempts anew.
    @Added public var wasSent: Bool
    /// Ordered by auto-renewal.
    @Added public var isAutomatic: Bool
    /// Found at the CA before anything was sent from here: it was bought in a former life of this home, for a key that
    /// may not be the one that was made for this record.
    @Added public var isInherited: Bool
    /// Times that the signing request was handed in by a second write.
    @Added public var finalizations: Int
    /// Questions in a row that failed, for the retry schedule. Any answer ends them.
    @Added public var failures: Streak
    /// Answers in a row that said "not yet", or could not tell.
    @Added public var waits: Streak
    /// Before this date a lookup that finds nothing is not believed.
    public var settlesAt: Date?
    /// The same as whoever was there measured it; `nil` where nobody did.
    package var settling: Settling?
    /// When the phase was entered: what a CA may not show yet is counted from here.
    @Added public var phaseSince: Date
    public var createdAt: Date
    public var updatedAt: Date
    /// When the last write was put on record, before it was sent.
    public var intendedAt: Date?
    public var placedAt: Date?

    public init(
        id: OrderID, account: String, provider: String, kind: OrderKind, managed: ManagedCertificateID,
        phase: OrderPhase = .drafted, details: OrderDetails, key: OrderKey, createdAt: Date
    ) {
        self.id = id
        self.revision = 0
        self.account = account
        self.provider = provider
        self.kind = kind
        self.managed = managed
        self.phase = phase
        self.wording = ""
        self.isReferencePassedOn = false
        self.details = details
        self.key = key
        self.candidates = []
        self.validations = []
        self.attempts = 0
        self.wasSent = false
        self.isInherited = false
        self.isAutomatic = false
        self.finalizations = 0
        self.failures = Streak()
        self.waits = Streak()
        self.phaseSince = createdAt
        self.isCertificateUnread = false
        self.createdAt = createdAt
        self.updatedAt = createdAt
    }
}

/// Where an order is with us. Raw values are stored, printed and read by scripts.
public enum OrderPhase: String, Hashable, Sendable, Codable, CaseIterable {
    case drafted, submitting, placed, issued, awaitingCapacity, completed, rejected, cancelling, cancelled, stuck

    /// Nothing follows by itself or by a person's decision.
    public var isFinal: Bool {
        switch self {
        case .completed, .rejected, .cancelled: true
        case .drafted, .submitting, .placed, .issued, .awaitingCapacity, .cancelling, .stuck: false
        }
    }
}

extension Order {
    /// The reference, as long as it leads to this order: unique among the orders of an account.
    public var heldReference: OrderReference? { isReferencePassedOn ? nil : reference }

    /// Whether its last question to the CA failed, and it asks again by itself.
    package var isFailing: Bool { failures.count > 0 && !phase.isFinal && phase != .stuck }

    /// What the CA is to be told; `nil` when too little is known, as of an imported order.
    public var request: OrderRequest? {
        guard let signingRequest, let profile = details.profile, let term = details.term else { return nil }
        return OrderRequest(
            key: key, signingRequest: signingRequest, commonName: details.commonName,
            alternativeNames: details.alternativeNames, profile: profile, organization: details.organization,
            term: term,
            comments: details.comments, requesterEmails: details.requesterEmails, fields: details.fields,
            reason: details.reason)
    }
}
