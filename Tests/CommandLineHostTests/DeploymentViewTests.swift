// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

@testable import CommandLineHost

struct DeploymentViewTests {
    private let now = Date(timeIntervalSince1970: 1_767_225_600)

    private var target: DeploymentTarget {
        var target = DeploymentTarget(
            name: "web", certificates: [NamePattern("*.example.org")],
            place: .keystore(path: "/srv/{name}.jks", format: .jks, password: nil))
        target.webhook = "https://hooks.example.org/secret-token"
        target.reload = ["systemctl", "reload", "web"]
        return target
    }

    private func record(_ fill: (inout DeploymentRecord) throws -> Void = { _ in }) throws -> DeploymentRecord {
        let certificate = IssuedCertificate(
            id: CertificateID("crt_1"), account: "demo", managed: ManagedCertificateID("mgd_1"),
            order: OrderID("ord_1"), reference: CertificateReference("7"),
            facts: CertificateFacts(
                commonName: "www.example.org", alternativeNames: [], serialNumber: SerialNumber("0a"), subject: "",
                issuer: "", notBefore: now, notAfter: now, sha256: "ab", publicKey: PublicKeyDigest("k"),
                keyAlgorithm: .ecP256),
            chain: CertificateChain(certificates: []), createdAt: now)
        var record = DeploymentRecord(
            id: DeploymentID("dep_1"), target: "web", certificate: certificate, createdAt: now)
        try fill(&record)
        return record
    }

    @Test func `one is as it should be when it rests with nothing against it`() throws {
        #expect(try record { $0.phase = .current }.isGood)
        #expect(try !record { $0.phase = .reloading }.isGood)
        #expect(
            try !record {
                $0.phase = .current
                $0.isTroubled = true
            }.isGood)
    }

    @Test func `a target's address for messages is not shown`() throws {
        let view = TargetView(target: target, records: [try record()])
        let text = view.json.encoded(isIndented: false)
        #expect(
            !text.contains("secret-token") && text.contains("\"webhook\":true") && text.contains("\"mode\":\"0640\""))
        #expect(TargetView.table([view]).text(width: nil).contains("systemctl reload web"))
    }

    @Test func `a deployment says how far each step is`() throws {
        let done = try record { record in
            for step in [DeploymentStep.publish, .reload] {
                _ = try record.receive(.succeeded(step), at: now, to: target, retry: .standard)
            }
        }
        let view = DeploymentView(record: done, work: nil)
        let text = view.json.encoded(isIndented: false)
        #expect(text.contains("\"publishedAt\":\"2026-01-01T00:00:00Z\"") && text.contains("\"announcedAt\":null"))
        #expect(text.contains("\"inPlace\":\"crt_1\"") && text.contains("\"state\":\"current\""))
        #expect(view.line == "web, current")
        #expect(done.outcome == .done)
    }

    @Test func `a step that failed is a failure, and what is on its way is not`() throws {
        let begun = try record()
        #expect(begun.outcome == .pending)
        for mayPass in [true, false] {
            let failed = try record { record in
                let event = DeploymentEvent.failed(.publish, DeploymentFailure("no room", mayPass: mayPass))
                _ = try record.receive(event, at: now, to: target, retry: .standard)
            }
            #expect(failed.outcome == .refused)
            let table = DeploymentView.table([DeploymentView(record: failed, work: nil)]).text(width: nil)
            #expect(table.contains("publish: no room"))
        }
    }
}
