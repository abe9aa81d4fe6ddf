// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// What is on record of a certificate, and what the CA says of it.
struct CertificateStateTests {
    private func one(_ lab: ScriptedLab) async throws -> IssuedCertificate {
        lab.ca.issues(["1"])
        _ = try await lab.imported()
        return try #require(try await lab.certificates().first)
    }

    private func look(_ lab: ScriptedLab, _ certificate: IssuedCertificate) async throws -> IssuedCertificate {
        let order = try #require(try await lab.repository.order(certificate.order))
        _ = try await lab.engine.hasten(order)
        try await lab.engine.pass(.certificate(certificate.id))
        return try #require(try await lab.repository.certificate(certificate.id))
    }

    @Test func `what we revoked does not come back because the CA is late`() async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        let revocation = try await lab.engine.revoke(certificate.id, reason: .keyCompromise, comments: "stolen")
        try await lab.engine.pass(.revocation(revocation.id))
        #expect(try await look(lab, certificate).status == .revoked)
    }

    @Test func `what a reissue ended stays replaced, unless its key was in danger`() throws {
        let facts = try TextMaterial().facts(of: Data("www.example.org".utf8))
        var certificate = IssuedCertificate(
            id: CertificateID("crt_1"), account: "main", managed: ManagedCertificateID("mgd_1"),
            order: OrderID("ord_1"),
            reference: CertificateReference("1"), facts: facts, chain: CertificateChain(certificates: []),
            createdAt: Date(timeIntervalSince1970: 0))
        certificate.status = .replaced
        certificate.adopt(.valid)
        certificate.adopt(.revoked(Revocation(reason: .superseded)))
        #expect(certificate.status == .replaced)
        certificate.adopt(.revoked(Revocation(reason: .keyCompromise)))
        #expect(certificate.status == .revoked)
    }

    @Test func `one that somebody else replaced is not taken for valid`() async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        var shown = CertificateSnapshot.scripted(nil)
        shown.serialNumber = SerialNumber("ff")
        lab.ca.set { [shown] script in script.certificate = { _ in .success(shown) } }
        let seen = try await look(lab, certificate)
        #expect(seen.status == .replaced && seen.isReferencePassedOn)
        let lines = try await lab.repository.journal(JournalQuery()).items
        #expect(lines.contains { $0.event == "replaced" && $0.detail.contains("serial number ff") })
    }

    @Test(arguments: [false, true])
    func `one that somebody else replaced brings in what replaced it`(_ wasNoticed: Bool) async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        var shown = CertificateSnapshot.scripted(nil)
        shown.serialNumber = TextMaterial.serial(of: "www.example.org again")
        if wasNoticed {
            lab.ca.set { [shown] script in script.certificate = { _ in .success(shown) } }
            _ = try await look(lab, certificate)
        }
        shown.chain = CertificateChain(certificates: [Data("www.example.org again".utf8)])
        lab.ca.set { [shown] script in script.certificate = { _ in .success(shown) } }
        let seen = try await look(lab, certificate)
        let new = try #require(try await lab.certificates().first { $0.id != certificate.id })
        #expect(seen.status == .replaced && seen.isReferencePassedOn && seen.successor == new.id)
        #expect(try await lab.repository.order(certificate.order)?.certificate == new.id)
        #expect(try await lab.repository.managed(certificate.managed)?.current == new.id)
        let lines = try await lab.repository.journal(JournalQuery()).items
        #expect(lines.contains { $0.event == "replaced" && $0.detail.contains("\(new.id)") })
    }

    @Test func `a look that fails for now is taken again`() async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        lab.ca.set { $0.certificate = { _ in .failure(.busy) } }
        #expect(try await look(lab, certificate).status == .valid)
        lab.ca.set { $0.certificate = { _ in .success(.scripted(nil, .revoked(Revocation()))) } }
        lab.time.advance(by: .seconds(10))
        try await lab.engine.pass(.certificate(certificate.id))
        #expect(try await lab.repository.certificate(certificate.id)?.status == .revoked)
        #expect(try await lab.repository.work(.certificate(certificate.id), task: WorkItem.life) == nil)
    }

    @Test func `a certificate that the CA shows revoked is never collected as good`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1"])
        lab.ca.set { $0.certificate = { _ in .success(.scripted("www.example.org", .revoked(Revocation()))) } }
        let order = try await lab.run(lab.seed(.placed, .poll, reference: "1"), passes: 2)
        #expect(order.phase == .stuck)
        #expect(try await lab.certificates().isEmpty)
    }

    @Test func `a predecessor that was revoked meanwhile stays revoked`() async throws {
        let lab = try await ScriptedLab()
        var certificate = try await one(lab)
        certificate.status = .revoked
        certificate.isRevokedByUs = true
        var changes = ChangeSet()
        changes.puts = [.certificate(certificate)]
        try await lab.repository.commit(changes)
        lab.ca.set { script in
            script.order = { _ in .success(.scripted(.issued(CertificateReference("1")))) }
            script.certificate = { _ in .success(.scripted("www.example.org again")) }
        }
        let reissue = try await lab.seed(.placed, .poll, reference: "2", kind: .reissue) {
            $0.predecessor = certificate.id
        }
        #expect(try await lab.run(reissue, passes: 2).phase == .completed)
        let former = try #require(try await lab.repository.certificate(certificate.id))
        #expect(former.status == .revoked && former.successor != nil)
    }

    @Test func `two renewals at the same time buy once, however long a key takes`() async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        lab.ca.set { script in
            script.place = [.success(OrderReference("2")), .success(OrderReference("3"))]
            script.order = { .success(.scripted(.issued(CertificateReference($0.rawValue)))) }
            script.certificate = { _ in .success(.scripted("www.example.org 2")) }
        }
        lab.material.whileMakingAKey {
            let rival = try await lab.rival().renew(certificate.id)
            var order = try await lab.current(rival)
            order.phase = .completed
            order.certificate = certificate.id
            var renewed = try #require(try await lab.repository.certificate(certificate.id))
            renewed.successor = certificate.id
            var changes = ChangeSet()
            changes.puts = [.order(order), .certificate(renewed)]
            changes.work = [.remove(.order(order.id), task: WorkItem.life)]
            try await lab.repository.commit(changes)
        }
        await #expect(throws: LifecycleError.self) { try await lab.engine.renew(certificate.id) }
        #expect(try await lab.repository.orders(OrderQuery()).items.count { $0.kind == .renewal } == 1)
    }

    @Test func `a caller's key is answered with its order also when that has come true`() async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        let done = try await lab.seed(.completed, reference: "2", kind: .renewal) { order in
            order.predecessor = certificate.id
            order.certificate = CertificateID("crt_2")
            order.callerKey = "renewal-7"
        }
        var wish = SuccessorWish()
        wish.callerKey = "renewal-7"
        #expect(try await lab.engine.renew(certificate.id, wish).id == done.id)
        wish.reason = "rekey"
        await #expect(throws: LifecycleError.self) { try await lab.engine.reissue(certificate.id, wish) }
    }

    @Test func `a deleted successor leaves its predecessor renewable`() async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        lab.ca.set { script in
            script.place = [.success(OrderReference("2"))]
            script.order = { .success(.scripted(.issued(CertificateReference($0.rawValue)))) }
            script.certificate = { _ in .success(.scripted("www.example.org")) }
        }
        let renewal = try await lab.seed(.placed, .poll, reference: "2", kind: .renewal) {
            $0.predecessor = certificate.id
        }
        let done = try await lab.run(renewal, passes: 2)
        try await lab.engine.delete(try #require(done.certificate))
        #expect(try await lab.repository.certificate(certificate.id)?.successor == nil)
        #expect(try await lab.engine.renew(certificate.id).predecessor == certificate.id)
    }

    @Test func `a removed account takes along what was not sent, and stays for what was`() async throws {
        let lab = try await ScriptedLab()
        let certificate = try await one(lab)
        lab.ca.set { $0.revoke = .failure(.lost) }
        let revocation = try await lab.engine.revoke(certificate.id, reason: .superseded, comments: "moved")
        lab.ca.set { $0.certificate = { _ in .failure(.busy) } }
        try await lab.engine.pass(.revocation(revocation.id))
        await #expect(throws: LifecycleError.self) { try await lab.engine.removeAccount("main") }
        lab.ca.set { script in
            script.revoke = .failure(.busy)
            script.certificate = { _ in .success(.scripted("www.example.org 1")) }
        }
        lab.time.advance(by: .seconds(60))
        try await lab.engine.pass(.revocation(revocation.id))
        let run = try await lab.engine.importOrders(account: "main")
        try await lab.engine.removeAccount("main")
        #expect(try await lab.repository.revocation(revocation.id)?.phase == .rejected)
        #expect(try await lab.repository.importRun(run.id)?.isFinished == true)
        #expect(try await lab.repository.work(after: nil, limit: 10).items.isEmpty)
    }

    @Test func `a caller's key belongs to one certificate`() async throws {
        let lab = try await ScriptedLab()
        lab.ca.issues(["1", "2"])
        _ = try await lab.imported()
        let certificates = try await lab.certificates()
        var wish = SuccessorWish()
        wish.callerKey = "renewal-7"
        let first = try await lab.engine.renew(certificates[0].id, wish)
        #expect(try await lab.engine.renew(certificates[0].id, wish).id == first.id)
        await #expect(throws: LifecycleError.self) { try await lab.engine.renew(certificates[1].id, wish) }
    }
}
