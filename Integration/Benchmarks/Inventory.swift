// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// A home with as many orders as a large company has, each with a certificate of the usual size.
struct Inventory {
    private static let batch = 1000
    /// As large as a chain of a leaf and an issuing CA, whatever is in it.
    private static let chain = CertificateChain(
        certificates: [1500, 1300].map { size in Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 167) }) })

    static func make(_ count: Int, in folder: String) async throws {
        let host = try await Composition.open(Home(path: folder), providers: .builtin, environment: [:])
        _ = try await host.engine.ensureAccount("bench", provider: "mock")
        let now = Date()
        for first in stride(from: 0, to: count, by: batch) {
            if first % 20_000 == 0 { Progress.say("inventory: \(first) of \(count) orders") }
            var changes = ChangeSet()
            for number in first..<min(first + batch, count) { add(number, now, to: &changes) }
            try await host.repository.commit(changes)
        }
    }

    /// Nineteen of twenty orders are done; of the rest some are on their way, a few need a person.
    private static func add(_ number: Int, _ now: Date, to changes: inout ChangeSet) {
        let digits = String(1_000_000 + number).dropFirst()
        let names = ["host\(number).example.org", "www\(number).example.org"]
        var details = OrderDetails(
            commonName: names[0], alternativeNames: names.map { SubjectAlternativeName(normalized: $0) },
            profile: ProfileID("dv"), organization: OrganizationID("7"), term: 199, keyAlgorithm: .ecP256,
            comments: "", requesterEmails: ["team@example.org"], fields: [:], placedAt: now)
        details.commonName = names[0]
        let isDone = number % 20 != 0
        var order = Order(
            id: OrderID("ord_\(digits)"), account: "bench", provider: "mock", kind: .new,
            managed: ManagedCertificateID("mgd_\(digits)"),
            phase: isDone ? .completed : number % 1000 == 0 ? .stuck : .placed, details: details,
            key: OrderKey("pca-\(digits)"), createdAt: now)
        order.reference = OrderReference("R-\(number)")
        order.signingRequest = CertificateSigningRequest(der: Data(chain.certificates[0].prefix(600)))
        changes.journal.append(
            JournalEntry(
                at: now, subject: .order(order.id), name: names[0], event: "drafted", detail: "new at bench",
                actor: .cli))
        if isDone {
            let certificate = certificate("crt_\(digits)", number, names, order, now)
            order.certificate = certificate.id
            changes.puts.append(.certificate(certificate))
        } else if order.phase == .placed {
            changes.work.append(
                .put(
                    WorkItem(
                        subject: .order(order.id), account: "bench", step: "poll",
                        due: now.addingTimeInterval(86_400))))
        }
        changes.puts.append(.order(order))
    }

    private static func certificate(
        _ id: String, _ number: Int, _ names: [String], _ order: Order, _ now: Date
    ) -> IssuedCertificate {
        let text = "\(number)"
        let facts = CertificateFacts(
            commonName: names[0], alternativeNames: order.details.alternativeNames,
            serialNumber: SerialNumber(Fingerprint.sha256(Data(text.utf8)).prefix(32).description),
            subject: "CN=\(names[0])", issuer: "CN=Mock Issuing CA", notBefore: now,
            notAfter: now.addingTimeInterval(Double(number % 199) * 86_400 + 3600),
            sha256: Fingerprint.sha256(Data("certificate \(text)".utf8)),
            publicKey: PublicKeyDigest(Fingerprint.sha256(Data("key \(text)".utf8))), keyAlgorithm: .ecP256)
        return IssuedCertificate(
            id: CertificateID(id), account: "bench", managed: order.managed, order: order.id,
            reference: CertificateReference("C-\(number)"), facts: facts, chain: chain, createdAt: now)
    }
}
