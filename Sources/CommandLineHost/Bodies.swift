// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// An order as scripts see it.
struct OrderBody: Encodable {
    var id, account, provider, kind, state, wording, commonName, comments: String
    var reference, organization, profile, keyAlgorithm, certificate, predecessor, nextStep, problem: String?
    var subjectAlternativeNames, requesterEmails: [String]
    var term: Int?
    var createdAt, updatedAt: Date
    var placedAt, nextDueAt: Date?
    var attempts: Int

    init(_ order: Order, next item: WorkItem?) {
        id = order.id.rawValue
        account = order.account
        provider = order.provider
        kind = order.kind.rawValue
        state = order.phase.rawValue
        wording = order.wording
        commonName = order.details.commonName
        comments = order.details.comments
        reference = order.reference?.rawValue
        organization = order.details.organization?.rawValue
        profile = order.details.profile?.rawValue
        keyAlgorithm = order.details.keyAlgorithm?.rawValue
        certificate = order.certificate?.rawValue
        predecessor = order.predecessor?.rawValue
        nextStep = item?.step
        problem = order.problem
        subjectAlternativeNames = order.details.alternativeNames.map(\.text)
        requesterEmails = order.details.requesterEmails
        term = order.details.term
        createdAt = order.createdAt
        updatedAt = order.updatedAt
        placedAt = order.placedAt
        nextDueAt = item?.due
        attempts = order.attempts
    }
}

/// A certificate as scripts see it.
struct CertificateBody: Encodable {
    struct AutoRenew: Encodable {
        var enabled: Bool
        var days: Int?
    }

    var id, account, order, reference, state, commonName, serialNumber, issuer, sha256, publicKeySha256: String
    var keyAlgorithm: String
    var subjectAlternativeNames: [String]
    var notBefore, notAfter: Date
    var daysLeft: Int
    var hasPrivateKey: Bool
    var autoRenew: AutoRenew
    var successor, revocationReason: String?
    var revokedAt: Date?

    init(_ certificate: IssuedCertificate, managed: ManagedCertificate?, hasKey: Bool, at now: Date) {
        let facts = certificate.facts
        id = certificate.id.rawValue
        account = certificate.account
        order = certificate.order.rawValue
        reference = certificate.reference.rawValue
        state = certificate.status(at: now).rawValue
        commonName = facts.commonName
        serialNumber = facts.serialNumber.rawValue
        issuer = facts.issuer
        sha256 = facts.sha256
        publicKeySha256 = facts.publicKey.rawValue
        keyAlgorithm = facts.keyAlgorithm.rawValue
        subjectAlternativeNames = facts.alternativeNames.map(\.text)
        notBefore = facts.notBefore
        notAfter = facts.notAfter
        daysLeft = Int((facts.notAfter.timeIntervalSince(now) / 86400).rounded(.down))
        hasPrivateKey = hasKey
        autoRenew = AutoRenew(
            enabled: managed?.autoRenewal.isEnabled ?? false, days: managed?.autoRenewal.days)
        successor = certificate.successor?.rawValue
        revokedAt = certificate.revocation?.at
        revocationReason = certificate.revocation?.reason?.name
    }
}

/// An account as scripts see it.
struct AccountBody: Encodable {
    var name, provider, state: String
    var settings: [String: String]
    var pausedReason: String?
    var verifiedAt: Date?
    var roles, capabilities: [String]
    var lastSync: [String: Date]

    init(_ account: AccountRecord) {
        name = account.name
        provider = account.provider
        state = account.isPaused ? "paused" : "active"
        settings = account.settings.merging(account.secrets.mapValues { _ in "<secret>" }) { own, _ in own }
        pausedReason = account.pausedReason
        verifiedAt = account.verifiedAt
        roles = account.report?.roles ?? []
        capabilities = account.capabilities.map(\.rawValue).sorted()
        lastSync = Dictionary(uniqueKeysWithValues: account.lastSync.map { ($0.key.rawValue, $0.value) })
    }
}
