// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct DeploymentCommandTests {
    @Test func `a rollback brings back what was served, until a newer certificate comes`() async throws {
        let lab = try await DeploymentLab()
        let first = try await lab.served()
        let second = try await lab.renewed(first)
        try await lab.engine().pass()
        let id = try await lab.deployment(of: second).id
        let earlier = try await lab.engine().earlierVersion(of: id)
        #expect(earlier.certificate == first.id)
        _ = try await lab.engine().rollBack(id, to: earlier)
        try await lab.engine().pass()
        var record = try await lab.deployment(of: second)
        #expect(record.phase == .current && record.held == earlier && record.wanted == second.id)
        #expect(lab.targets.served(at: "web") == first.facts.sha256)
        #expect(lab.targets.changes.map(\.certificate) == [first.id, second.id, first.id])
        try await lab.engine().reconcileDeployments()
        try await lab.pass(after: 86400)
        #expect(lab.targets.served(at: "web") == first.facts.sha256, "and it stays")
        #expect(try await lab.events().contains("rolledBack"))
        let third = try await lab.renewed(second)
        try await lab.engine().pass()
        record = try await lab.deployment(of: third)
        #expect(record.held == nil && lab.targets.served(at: "web") == third.facts.sha256)
    }

    @Test func `a rollback needs something that is of use`() async throws {
        let lab = try await DeploymentLab()
        let first = try await lab.served()
        let id = try await lab.deployment(of: first).id
        await #expect(throws: LifecycleError.self) { try await lab.engine().earlierVersion(of: id) }
        let second = try await lab.renewed(first)
        try await lab.engine().pass()
        _ = try await lab.engine().revoke(first.id, reason: .keyCompromise, comments: "lost")
        try await lab.engine().pass()
        await #expect(throws: LifecycleError.self) { try await lab.engine().earlierVersion(of: id) }
        #expect(lab.targets.served(at: "web") == second.facts.sha256)
    }

    @Test func `who asks again has all of it done again`() async throws {
        let lab = try await DeploymentLab()
        lab.targets.fail(.reload, DeploymentFailure("no such program", mayPass: false))
        let certificate = try await lab.served()
        var record = try await lab.deployment(of: certificate)
        #expect(record.phase == .stuck && record.isTroubled)
        #expect(try await lab.work(record) == nil)
        try await lab.engine().reconcileDeployments()
        #expect(try await lab.deployment(of: certificate).phase == .stuck, "not by itself")
        _ = try await lab.engine().redeploy(record.id)
        try await lab.engine().pass()
        record = try await lab.deployment(of: certificate)
        #expect(record.phase == .current && !record.isTroubled)
        #expect(lab.targets.calls(.announce) == 1)
        await #expect(throws: LifecycleError.self) { try await lab.engine().redeploy(DeploymentID("dep_0")) }
    }

    @Test func `a target that comes later gets what is in force, and one that goes is let go`() async throws {
        let lab = try await DeploymentLab(FakeTargets())
        let certificate = try await lab.served()
        #expect(try await lab.engine().reconcileDeployments() == [])
        lab.targets.targets = [DeploymentLab.target("web"), DeploymentLab.target("mail", takes: "www.example.org")]
        #expect(try await lab.engine().reconcileDeployments().count == 2)
        #expect(try await lab.engine().reconcileDeployments() == [], "once")
        try await lab.engine().pass()
        #expect(lab.targets.served(at: "mail") == certificate.facts.sha256)
        let mail = try await lab.deployment(at: "mail", of: certificate)
        lab.targets.targets = [DeploymentLab.target("web")]
        try await lab.engine().reconcileDeployments()
        #expect(try await lab.repository.deployment(mail.id) == nil)
        #expect(try await lab.work(mail) == nil)
        #expect(lab.targets.served(at: "mail") == certificate.facts.sha256, "what is there stays")
        #expect(try await lab.deployment(of: certificate).phase == .current)
    }

    @Test func `an endpoint that is named later is looked at, and a place that moves is filled`() async throws {
        var target = DeploymentLab.target()
        target.endpoint = nil
        let lab = try await DeploymentLab(FakeTargets(target))
        let certificate = try await lab.served()
        #expect(try await lab.work(lab.deployment(of: certificate)) == nil)
        lab.targets.targets = [DeploymentLab.target()]
        try await lab.engine().reconcileDeployments()
        try await lab.engine().pass()
        #expect(lab.targets.calls == ["publish web", "reload web", "announce web", "verify web"])
        #expect(try await lab.deployment(of: certificate).servedSince != nil)
        target = DeploymentLab.target()
        target.place = .folder(path: "/srv/{name}")
        lab.targets.targets = [target]
        try await lab.engine().reconcileDeployments()
        try await lab.engine().pass()
        #expect(lab.targets.calls(.publish) == 2 && lab.targets.calls(.announce) == 1)
        #expect(try await lab.deployment(of: certificate).path == "/srv/www.example.org")
    }

    @Test func `of two that are kept apart the newest has the place, and the other no trouble`() async throws {
        let lab = try await DeploymentLab()
        let old = try await lab.served()
        lab.time.advance(by: .seconds(3600))
        let new = try await lab.issued()
        try await lab.engine().pass()
        #expect(old.managed != new.managed && lab.targets.served(at: "web") == new.facts.sha256)
        let former = try await lab.deployment(of: old)
        #expect(former.phase == .superseded && !former.isTroubled && former.problem?.contains("\(new.id)") == true)
        #expect(try await lab.work(former) == nil)
        try await lab.pass(after: 86400)
        #expect(lab.targets.served(at: "web") == new.facts.sha256)
        await #expect(throws: LifecycleError.self) { try await lab.engine().redeploy(former.id) }
        // The newer one is deleted here: the place is free again.
        try await lab.engine().delete(new.id)
        #expect(try await lab.repository.deployment(target: "web", managed: new.managed) == nil)
        try await lab.engine().reconcileDeployments()
        try await lab.engine().pass()
        #expect(try await lab.deployment(of: old).phase == .current)
    }

    @Test func `what is looked at every day is told when it is not served any more`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.served()
        lab.targets.serve("ff", at: "web", for: "www.example.org")
        try await lab.pass(after: 86400)
        var record = try await lab.deployment(of: certificate)
        #expect(record.isTroubled && record.problem?.hasPrefix("not served any more") == true)
        #expect(try await lab.events().last == "notServed")
        _ = try await lab.engine().redeploy(record.id)
        try await lab.engine().pass()
        record = try await lab.deployment(of: certificate)
        #expect(record.phase == .current && !record.isTroubled)
        #expect(lab.targets.calls(.verify) == 3)
    }

    @Test func `a certificate that is deleted takes its deployments along`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.served()
        let record = try await lab.deployment(of: certificate)
        try await lab.engine().delete(certificate.id)
        #expect(try await lab.repository.deployment(record.id) == nil)
        #expect(try await lab.work(record) == nil)
        #expect(try await lab.events().last == "released")
    }
}
