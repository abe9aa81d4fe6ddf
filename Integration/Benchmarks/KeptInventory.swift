// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import Foundation
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// A home whose certificates are all renewed by themselves, with their plans; small ones, since a million take room.
struct KeptInventory {
    private static let batch = 2000
    private static let chain = CertificateChain(certificates: [Data((0..<120).map { UInt8($0) })])

    /// - Parameter isDue: leaves the plans to be made, as work that is due now; otherwise they are due in weeks.
    static func make(_ count: Int, isDue: Bool = false, in folder: String) async throws {
        let host = try await Composition.open(Home(path: folder), providers: .builtin, environment: [:])
        _ = try await host.engine.ensureAccount("bench", provider: "mock")
        try await host.engine.setAutoRenewal(AutoRenewal(isEnabled: true), ofAccount: "bench")
        _ = try await host.engine.replanned(account: "bench", within: .seconds(60))
        let now = Date()
        for first in stride(from: 0, to: count, by: batch) {
            if first % 100_000 == 0 { Progress.say("inventory: \(first) of \(count) certificates") }
            var changes = ChangeSet()
            for number in first..<min(first + batch, count) { add(number, isDue, now, to: &changes) }
            try await host.repository.commit(changes)
        }
    }

    private static func add(_ number: Int, _ isDue: Bool, _ now: Date, to changes: inout ChangeSet) {
        let digits = String(10_000_000 + number).dropFirst()
        let name = "host\(number).example.org"
        let facts = CertificateFacts(
            commonName: name, alternativeNames: [SubjectAlternativeName(normalized: name)],
            serialNumber: SerialNumber("\(number)"), subject: "CN=\(name)", issuer: "CN=Mock Issuing CA",
            notBefore: now.addingTimeInterval(-86_400 * 10),
            notAfter: now.addingTimeInterval(Double(120 + number % 60) * 86_400),
            sha256: Fingerprint.sha256(Data("certificate \(number)".utf8)),
            publicKey: PublicKeyDigest("key \(number)"), keyAlgorithm: .ecP256)
        let certificate = IssuedCertificate(
            id: CertificateID("crt_\(digits)"), account: "bench", managed: ManagedCertificateID("mgd_\(digits)"),
            order: OrderID("ord_\(digits)"), reference: CertificateReference("C-\(number)"), facts: facts, chain: chain,
            createdAt: now)
        var managed = ManagedCertificate(id: certificate.managed, account: "bench", createdAt: now)
        managed.current = certificate.id
        let due = isDue ? now : facts.notAfter.addingTimeInterval(-86_400 * 40)
        if !isDue {
            managed.renewal = RenewalPlan(
                certificate: certificate.id, dueAt: due, reason: .expiring, note: "at 67 % of its lifetime")
        }
        changes.puts += [.certificate(certificate), .managed(managed)]
        changes.work.append(
            .put(
                WorkItem(
                    subject: .certificate(certificate.id), task: "renewal", account: "bench",
                    step: isDue ? "plan" : "renew", due: due)))
    }
}
