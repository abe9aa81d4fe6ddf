// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA

/// A certificate as it is shown: with its key's whereabouts and what is planned for it.
struct CertificateView: Sendable {
    let certificate: IssuedCertificate
    let managed: ManagedCertificate?
    let autoRenewal: AutoRenewal
    let hasPrivateKey: Bool
    let now: Date

    static func load(
        _ certificate: IssuedCertificate, _ repository: any LifecycleRepository, at now: Date
    ) async throws(LifecycleError) -> CertificateView {
        try await reading { () async throws(RepositoryError) in
            let account = try await repository.account(certificate.account)
            return try await CertificateView(certificate, under: account, repository, at: now)
        }
    }

    /// A list of them, which few accounts share.
    static func load(
        _ certificates: [IssuedCertificate], _ repository: any LifecycleRepository, at now: Date
    ) async throws(LifecycleError) -> [CertificateView] {
        try await reading { () async throws(RepositoryError) in
            let accounts = try await repository.accounts()
            var views: [CertificateView] = []
            for certificate in certificates {
                let account = accounts.first { $0.name == certificate.account }
                views.append(try await CertificateView(certificate, under: account, repository, at: now))
            }
            return views
        }
    }

    private init(
        _ certificate: IssuedCertificate, under account: AccountRecord?, _ repository: any LifecycleRepository,
        at now: Date
    ) async throws(RepositoryError) {
        self.certificate = certificate
        self.now = now
        managed = try await repository.managed(certificate.managed)
        autoRenewal = managed?.autoRenewal(under: account) ?? AutoRenewal()
        hasPrivateKey = try await repository.key(certificate.facts.publicKey) != nil
    }

    private var status: CertificateStatus { certificate.status(at: now) }
    private var daysLeft: Int { Dates.days(from: now, until: certificate.facts.notAfter) }

    /// Only where it is renewed without asking: elsewhere nothing is planned.
    private var plan: RenewalPlan? {
        managed?.renewal.flatMap { $0.certificate == certificate.id ? $0 : nil }
    }

    var json: JSONDocument {
        let facts = certificate.facts
        return .object([
            "id": .text(certificate.id.rawValue), "account": .text(certificate.account),
            "order": .text(certificate.order.rawValue), "reference": .text(certificate.reference.rawValue),
            "state": .text(status.rawValue), "commonName": .text(facts.commonName),
            "subjectAlternativeNames": .texts(facts.alternativeNames.map(\.text)),
            "serialNumber": .text(facts.serialNumber.rawValue), "issuer": .text(facts.issuer),
            "notBefore": .date(facts.notBefore), "notAfter": .date(facts.notAfter), "daysLeft": .number(daysLeft),
            "sha256": .text(facts.sha256), "publicKeySha256": .text(facts.publicKey.rawValue),
            "keyAlgorithm": .text(facts.keyAlgorithm.rawValue), "hasPrivateKey": .truth(hasPrivateKey),
            "autoRenew": .object([
                "enabled": .truth(autoRenewal.isEnabled), "days": .optional(autoRenewal.days),
            ]),
            "renewAt": .date(plan?.dueAt), "renewReason": .optional(plan?.reason.rawValue),
            "successor": .optional(certificate.successor?.rawValue),
            "revokedAt": .date(certificate.revocation?.at),
            "revocationReason": .optional(certificate.revocation?.reason?.name),
        ])
    }

    var fields: [(String, String?)] {
        let facts = certificate.facts
        return [
            ("id", certificate.id.rawValue), ("state", status.rawValue), ("common name", facts.commonName),
            ("names", facts.alternativeNames.map(\.text).joined(separator: ", ")),
            ("valid", "\(Dates.text(facts.notBefore)) to \(Dates.text(facts.notAfter)), \(daysLeft) days left"),
            ("issuer", facts.issuer), ("serial number", facts.serialNumber.rawValue), ("sha256", facts.sha256),
            ("key", "\(facts.keyAlgorithm), \(hasPrivateKey ? "here, sealed" : "not here")"),
            ("public key", facts.publicKey.rawValue), ("account", certificate.account),
            ("order", certificate.order.rawValue), ("reference", certificate.reference.rawValue),
            ("keystore", managed?.keystore?.format.rawValue),
            ("auto-renewal", autoRenewal.title),
            ("renewal due", plan.map { "\(Dates.text($0.dueAt)), \($0.note)" }),
            ("renewal problem", plan?.problem),
            ("successor", certificate.successor?.rawValue), ("revoked", revoked),
        ]
    }

    private var revoked: String? {
        guard status == .revoked else { return nil }
        let words = [certificate.revocation?.at.map { Dates.text($0) }, certificate.revocation?.reason?.name]
        return words.compactMap(\.self).joined(separator: ", ")
    }

    static func table(_ views: [CertificateView]) -> Table {
        var table = Table("ID", "STATE", "COMMON NAME", "NOT AFTER", "DAYS", "KEY", "ACCOUNT", "SUCCESSOR")
        for view in views {
            let facts = view.certificate.facts
            table.add(
                view.certificate.id.rawValue, view.status.rawValue, facts.commonName,
                String(Dates.text(facts.notAfter).prefix(10)), "\(view.daysLeft)",
                view.hasPrivateKey ? "here" : "-", view.certificate.account, view.certificate.successor?.rawValue)
        }
        return table
    }
}
