// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Records to check with. Whatever matters to a check is set by the check.
enum Sample {
    /// Not a whole second, so that lost milliseconds show.
    static let start = Date(milliseconds: 1_764_000_000_123)

    static func order(
        _ id: String, account: String = "main", phase: OrderPhase = .drafted, names: [String] = ["www.example.org"],
        managed: String = "mgd_1"
    ) -> Order {
        let details = OrderDetails(
            commonName: names.first ?? "", alternativeNames: names.map { SubjectAlternativeName(normalized: $0) },
            profile: ProfileID("dv"), organization: OrganizationID("7"), term: 90, keyAlgorithm: .ecP256,
            comments: "for the shop — \"quoted\"", requesterEmails: ["a@example.org"], fields: ["cost": "12"],
            placedAt: start)
        return Order(
            id: OrderID(id), account: account, provider: "mock", kind: .new, managed: ManagedCertificateID(managed),
            phase: phase, details: details, key: OrderKey("key-\(id)"), createdAt: start)
    }

    static func certificate(
        _ id: String, account: String = "main", status: CertificateStatus = .valid,
        names: [String] = ["www.example.org"], managed: String = "mgd_1", days: Int = 90, successor: String? = nil
    ) -> IssuedCertificate {
        let facts = CertificateFacts(
            commonName: names.first ?? "", alternativeNames: names.map { SubjectAlternativeName(normalized: $0) },
            serialNumber: SerialNumber("0a1b"), subject: "CN=\(names.first ?? "")", issuer: "CN=Issuing CA",
            notBefore: start, notAfter: start.adding(.seconds(86400 * days)), sha256: "sha-\(id)",
            publicKey: PublicKeyDigest("spki-\(id)"), keyAlgorithm: .rsa2048)
        var certificate = IssuedCertificate(
            id: CertificateID(id), account: account, managed: ManagedCertificateID(managed), order: OrderID("ord_1"),
            reference: CertificateReference("ref-\(id)"), facts: facts,
            chain: CertificateChain(certificates: [Data([0x30, 0x00, 0xff]), Data([0x30, 0x2f])]), createdAt: start)
        certificate.status = status
        certificate.successor = successor.map { CertificateID($0) }
        return certificate
    }

    static func account(_ name: String, paused: String? = nil) -> AccountRecord {
        var account = AccountRecord(
            name: name, provider: "mock", settings: ["address": "https://ca.example"],
            secrets: ["password": .environment("CA_PASSWORD")], createdAt: start)
        account.pausedReason = paused
        return account
    }

    static func domain(_ id: String, account: String = "main", name: String) -> CatalogEntry {
        let domain = RegisteredDomain(
            id: DomainID(id), name: name, status: "Active", validationStatus: "Validated", isValidated: true,
            validationExpiresAt: start, delegations: [DomainDelegation(organization: OrganizationID("7"))])
        return CatalogEntry(account: account, item: .domain(domain), seenAt: start)
    }

    static func work(
        _ id: String, task: String = WorkItem.life, account: String = "main", in seconds: Int = 0
    ) -> WorkItem {
        WorkItem(
            subject: .order(OrderID(id)), task: task, account: account, step: "submit",
            due: start.adding(.seconds(seconds)))
    }

    static func decision(
        _ id: String, about certificate: IssuedCertificate, after seconds: Int = 0
    ) -> RenewalDecision {
        RenewalDecision(
            id: RenewalDecisionID(id), at: start.adding(.seconds(seconds)), certificate: certificate, verdict: .notDue,
            means: .renew, reason: "due later")
    }

    static func line(_ event: String, about id: String = "ord_1", name: String? = "www.example.org") -> JournalEntry {
        JournalEntry(
            at: start, subject: .order(OrderID(id)), name: name, event: event, detail: "because", actor: .cli)
    }

    /// The id of a number, in the order of numbers.
    static func id(_ prefix: String, _ number: Int) -> String {
        let digits = String(number)
        return prefix + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}
