// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct DeployingTests {
    @Test func `a certificate that is issued is published, loaded, announced and seen`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.served()
        let record = try await lab.deployment(of: certificate)
        #expect(record.phase == .current && record.isAnnounced && record.inPlace == certificate.id)
        #expect(lab.targets.served(at: "web") == certificate.facts.sha256)
        #expect(Set(lab.targets.calls) == ["publish web", "reload web", "announce web", "verify web"])
        #expect(lab.targets.changes.map(\.path) == ["/etc/web/www.example.org"])
        #expect(try await lab.events().sorted() == ["announced", "deployWanted", "deployed", "reloaded", "served"])
    }

    @Test func `a renewal takes the place of its predecessor`() async throws {
        let lab = try await DeploymentLab()
        let first = try await lab.served()
        let second = try await lab.renewed(first)
        try await lab.engine().pass()
        let record = try await lab.deployment(of: second)
        #expect(second.managed == first.managed && record.wanted == second.id && record.phase == .current)
        #expect(lab.targets.served(at: "web") == second.facts.sha256)
    }

    @Test func `a certificate that no target takes leaves no trace`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued("www.example.net")
        #expect(try await lab.repository.work(.certificate(certificate.id), task: "deploy") == nil)
        try await lab.engine().reconcileDeployments()
        #expect(try await lab.repository.deployments(DeploymentQuery()).items.isEmpty)
    }

    @Test func `a reload that fails leaves the old one served, is tried again, and is trouble`() async throws {
        let lab = try await DeploymentLab()
        let first = try await lab.served()
        let failure = DeploymentFailure("nginx ended with 1")
        lab.targets.fail(.reload, failure, failure, failure, failure)
        let second = try await lab.renewed(first)
        try await lab.engine().pass()
        #expect(lab.targets.served(at: "web") == first.facts.sha256)
        var record = try await lab.deployment(of: second)
        #expect(record.phase == .reloading && record.problem == "reload: nginx ended with 1" && !record.isTroubled)
        for seconds in [5, 15, 40] { try await lab.pass(after: seconds) }
        record = try await lab.deployment(of: second)
        #expect(record.isTroubled && lab.targets.calls(.reload) == 5 && record.isAnnounced)
        #expect(try await lab.repository.deployments(.troubled).items.map(\.id) == [record.id])
        try await lab.pass(after: 120)
        record = try await lab.deployment(of: second)
        #expect(record.phase == .current && !record.isTroubled)
        #expect(lab.targets.served(at: "web") == second.facts.sha256)
        #expect(lab.targets.calls(.publish) == 2, "publishing is not repeated for a reload")
        #expect(lab.ca.placedOrders.count == 2, "and issuance never is")
        #expect(try await lab.events().count { $0 == "deployFailed" } == 2, "a line when it changes, not each time")
    }

    @Test func `a paused account keeps nothing from being served`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued()
        _ = try await lab.engine().pauseAccount("test")
        try await lab.engine().pass()
        #expect(lab.targets.served(at: "web") == certificate.facts.sha256)
    }

    @Test func `a key that is missing is trouble until it is attached`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued()
        let key = try #require(try await lab.repository.key(certificate.facts.publicKey))
        let clear = try await lab.engine().privateKey(of: certificate)
        var removal = ChangeSet()
        removal.deletes = [.key(key)]
        try await lab.repository.commit(removal)
        try await lab.engine().pass()
        let record = try await lab.deployment(of: certificate)
        #expect(record.phase == .stuck && record.isTroubled && record.problem?.contains("attach-key") == true)
        #expect(lab.targets.calls == [])
        #expect(try await lab.work(record) == nil)
        try await lab.engine().attachKey(clear.der, to: certificate.id)
        try await lab.engine().pass()
        #expect(try await lab.deployment(of: certificate).phase == .current)
    }

    @Test func `what is imported without its key says so at its target, and nothing is written`() async throws {
        let lab = try await DeploymentLab(FakeTargets(DeploymentLab.target(takes: "*")), existing: true)
        _ = try await lab.engine().importOrders(account: "test")
        try await lab.engine().pass()
        var query = CertificateQuery()
        query.statuses = [.valid]
        query.withoutSuccessor = true
        let now = lab.time.now()
        let live = try await lab.repository.certificates(query).items.filter { $0.isLive(at: now) }
        let records = try await lab.repository.deployments(DeploymentQuery()).items
        #expect(!live.isEmpty && Set(records.map(\.wanted)) == Set(live.map(\.id)))
        #expect(records.allSatisfy { $0.phase == .superseded || $0.problem?.contains("attach-key") == true })
        #expect(lab.targets.calls == [])
    }

    @Test func `a certificate that was revoked before its turn is not published`() async throws {
        let lab = try await DeploymentLab()
        var certificate = try await lab.issued()
        try await lab.engine().pass(.certificate(certificate.id))
        certificate.status = .revoked
        var changes = ChangeSet()
        changes.puts = [.certificate(certificate)]
        try await lab.repository.commit(changes)
        try await lab.engine().pass()
        #expect(try await lab.deployment(of: certificate).problem == "publish: \(certificate.id) is revoked")
        #expect(lab.targets.calls == [])
    }

    @Test func `an engine without targets leaves deployments to those that have some`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued()
        try await lab.engine(deploys: false).pass()
        #expect(lab.targets.calls == [])
        try await lab.pass(after: 3600)
        #expect(lab.targets.served(at: "web") == certificate.facts.sha256)
    }

    @Test func `what changes in the journal says who did it`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.served()
        let record = try await lab.deployment(of: certificate)
        var query = JournalQuery()
        query.subject = .deployment(record.id)
        let lines = try await lab.repository.journal(query).items
        #expect(lines.allSatisfy { $0.actor == .run && $0.name == "www.example.org" && $0.detail.hasPrefix("web: ") })
    }
}

extension DeploymentQuery {
    fileprivate static var troubled: DeploymentQuery {
        var query = DeploymentQuery()
        query.isTroubled = true
        return query
    }

    @Test func `a host that has not read of a target yet leaves its work to those who have`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued()
        try await lab.engine().pass(.certificate(certificate.id))
        let targets = lab.targets.targets
        lab.targets.targets = []
        try await lab.engine("two").pass()
        let record = try await lab.deployment(of: certificate)
        #expect(try await lab.work(record)?.due == lab.time.now().addingTimeInterval(60))
        lab.targets.targets = targets
        try await lab.pass(after: 60)
        #expect(try await lab.deployment(of: certificate).phase == .current)
    }
}
