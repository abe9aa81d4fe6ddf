// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// Rows of orders that were placed here and are done.
struct OwnOrderImportTests {
    private func completed(_ lab: ScriptedLab, kind: OrderKind = .new) async throws -> Order {
        lab.ca.issues(["1"])
        let order = try await lab.run(lab.seed(.placed, .poll, reference: "1", kind: kind), passes: 2)
        var managed = ManagedCertificate(id: order.managed, account: "main", createdAt: lab.time.now())
        managed.current = order.certificate
        var changes = ChangeSet()
        changes.puts = [.managed(managed)]
        try await lab.repository.commit(changes)
        #expect(order.phase == .completed)
        return order
    }

    private func shows(_ lab: ScriptedLab, _ text: String?, _ state: CertificateState = .valid, version: String = "2") {
        lab.ca.issues(["1"], version: version)
        lab.ca.set { $0.certificate = { _ in .success(.scripted(text, state)) } }
    }

    private func certificate(_ lab: ScriptedLab, of order: Order) async throws -> IssuedCertificate {
        let id = try #require(order.certificate)
        return try #require(try await lab.repository.certificate(id))
    }

    @Test func `one that is met for the first time, and is as it was, is unchanged`() async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab)
        let preview = try await lab.engine.plan(lab.ca.script.rows[0], ImportOptions(), "main", states: [])
        var counted = ImportReport()
        preview.count(in: &counted)
        let report = try await lab.imported().report
        #expect(report.unchanged == 1 && report.changed == 0 && report.withPrivateKey == 0)
        #expect(counted.unchanged == 1 && counted.changed == 0)
        let met = try await lab.current(order)
        #expect(met.listedVersion == "1" && met.updatedAt == order.updatedAt)
        lab.ca.forgetCalls()
        #expect(try await lab.imported().report.unchanged == 1)
        #expect(lab.ca.calls == ["list"])
    }

    @Test(arguments: ["www.example.org 1", nil])
    func `a revocation at the CA is on record when the import is done`(_ text: String?) async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab)
        _ = try await lab.imported()
        shows(lab, text, .revoked(Revocation(reason: .keyCompromise)))
        let report = try await lab.imported().report
        #expect(report.changed == 1 && report.unchanged == 0)
        let seen = try await certificate(lab, of: order)
        #expect(seen.status == .revoked && seen.revocation?.reason == .keyCompromise)
        #expect(try await lab.repository.work(after: nil, limit: 10).items.isEmpty)
        let lines = try await lab.repository.journal(JournalQuery()).items
        #expect(lines.contains { $0.subject == .certificate(seen.id) && $0.event == "revoked" })
        #expect(try await lab.imported().report.unchanged == 1)
    }

    @Test(arguments: [OrderKind.new, .renewal, .reissue])
    func `one that somebody else had reissued follows the one that is here`(_ kind: OrderKind) async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab, kind: kind)
        shows(lab, "www.example.org again")
        #expect(try await lab.imported().report.changed == 1)
        let old = try await certificate(lab, of: order)
        let now = try await lab.current(order)
        let new = try await certificate(lab, of: now)
        #expect(old.successor == new.id && old.status == .replaced && old.isReferencePassedOn)
        #expect(new.isLive(at: lab.time.now()) && new.order == order.id && new.managed == order.managed)
        #expect(try await lab.repository.managed(order.managed)?.current == new.id)
        let lines = try await lab.repository.journal(JournalQuery()).items
        #expect(lines.contains { $0.subject == .certificate(old.id) && $0.detail.contains("\(new.id)") })
        #expect(lines.contains { $0.subject == .certificate(new.id) && $0.detail.contains("\(old.id)") })
        #expect(now.listedVersion == "2")
    }

    @Test func `what was ordered stays as it was ordered, whatever a row shows`() async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab)
        shows(lab, "other.example.org")
        lab.ca.set { script in
            var shown = OrderSnapshot.scripted(.issued(CertificateReference("1")), key: "pca-ord_9")
            shown.details?.commonName = "other.example.org"
            script.order = { [shown] _ in .success(shown) }
        }
        #expect(try await lab.imported().report.changed == 1)
        let now = try await lab.current(order)
        #expect(now.certificate != order.certificate)
        #expect(now.kind == order.kind && now.details == order.details && now.key == order.key)
        #expect(now.phase == .completed && now.signingRequest == order.signingRequest)
    }

    @Test func `one that a reissue of ours may have brought about is left to that reissue`() async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab)
        _ = try await lab.seed(.submitting, id: "ord_2", kind: .reissue) { $0.predecessor = order.certificate }
        shows(lab, "www.example.org again")
        #expect(try await lab.imported().report.unchanged == 1)
        #expect(try await lab.certificates().count == 1)
        #expect(try await certificate(lab, of: order).status == .valid)
        #expect(try await lab.current(order).listedVersion == nil)
    }

    @Test func `a late CA that shows the former certificate again does not make it the newest`() async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab)
        shows(lab, "www.example.org again")
        _ = try await lab.imported()
        shows(lab, "www.example.org 1", version: "3")
        #expect(try await lab.imported().report.unchanged == 1)
        let new = try await certificate(lab, of: lab.current(order))
        #expect(new.successor == nil && new.id != order.certificate)
    }

    @Test func `a renewal that followed goes on following, and what came in besides is there`() async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab)
        var former = try await certificate(lab, of: order)
        former.successor = CertificateID("crt_renewal")
        var managed = try #require(try await lab.repository.managed(order.managed))
        managed.current = former.successor
        var changes = ChangeSet()
        changes.puts = [.certificate(former), .managed(managed)]
        try await lab.repository.commit(changes)
        shows(lab, "www.example.org again")
        _ = try await lab.imported()
        #expect(try await certificate(lab, of: order).successor == CertificateID("crt_renewal"))
        #expect(try await lab.repository.managed(order.managed)?.current == CertificateID("crt_renewal"))
        #expect(try await lab.certificates().count == 2)
    }

    @Test func `one under way is asked for at once`() async throws {
        let lab = try await ScriptedLab()
        let order = try await lab.seed(.placed, reference: "1")
        var changes = ChangeSet()
        changes.work = [
            .put(
                WorkItem(
                    subject: .order(order.id), account: "main", step: OrderStep.poll.rawValue,
                    due: lab.time.now().addingTimeInterval(3600)))
        ]
        try await lab.repository.commit(changes)
        lab.ca.issues(["1"])
        #expect(try await lab.imported().report.unchanged == 1)
        let next = try #require(try await lab.repository.work(.order(order.id), task: WorkItem.life))
        #expect(next.due <= lab.time.now())
    }

    @Test func `a reference that a person names is no version of a list`() async throws {
        let lab = try await ScriptedLab()
        let order = try await completed(lab)
        _ = try await lab.imported()
        let named = ImportOptions(references: [OrderReference("1")])
        #expect(try await lab.imported(named).report.unchanged == 1)
        #expect(try await lab.current(order).listedVersion == "1")
    }

    @Test func `a certificate that is not handed out at the moment is read by the next import`() async throws {
        let lab = try await ScriptedLab()
        _ = try await completed(lab)
        shows(lab, "www.example.org again")
        lab.ca.set { $0.certificate = { _ in .failure(.busy) } }
        #expect(try await lab.imported().report.unchanged == 1)
        shows(lab, "www.example.org again")
        #expect(try await lab.imported().report.changed == 1)
    }
}
