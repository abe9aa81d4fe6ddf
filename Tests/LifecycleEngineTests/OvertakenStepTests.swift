// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct OvertakenStepTests {
    @Test func `a step of a certificate that somebody was faster with is due again at once, not after its lease`()
        async throws
    {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), of: certificate.id)
        let subject = Subject.certificate(certificate.id)
        var changes = ChangeSet()
        var item = try #require(try await lab.repository.work(subject, task: "renewal"))
        item.step = "plan"
        item.due = lab.time.now()
        changes.work = [.put(item)]
        // So that there is something new to write.
        var managed = try #require(try await lab.repository.managed(certificate.managed))
        managed.renewal?.dueAt = lab.time.now()
        changes.puts = [.managed(managed)]
        try await lab.repository.commit(changes)

        let repository = lab.repository
        let overtaken = OvertakenRepository(inner: repository) {
            // A commit that cannot be made here shows below: then nobody was faster.
            guard let managed = try? await repository.managed(certificate.managed) else { return }
            var other = ChangeSet()
            other.puts = [.managed(managed)]
            try? await repository.commit(other)
        }
        try await rival(lab, overtaken).pass(subject)
        let left = try #require(try await lab.repository.work(subject, task: "renewal"))
        #expect(left.step == "plan" && left.lease == nil)
        #expect(left.due == lab.time.now().addingTimeInterval(1))
    }

    @Test func `an issued order that lost a race for a record beside it is collected soon, not after its lease`()
        async throws
    {
        let lab = try await Laboratory(issueAfter: 1)
        let order = try await lab.engine.order(Laboratory.wish())
        try await lab.engine.pass()
        let repository = lab.repository
        let overtaken = OvertakenRepository(inner: repository) {
            // A commit that cannot be made here shows below: then nobody was faster.
            guard let order = try? await repository.order(order.id), order.phase == .issued else { return }
            var other = ChangeSet()
            other.puts = [.order(order)]
            try? await repository.commit(other)
        }
        lab.time.advance(by: .seconds(3600))
        try await rival(lab, overtaken).pass(.order(order.id))
        let left = try #require(try await repository.work(.order(order.id), task: WorkItem.life))
        #expect(left.step == "collect" && left.lease == nil)
        #expect(left.due == lab.time.now().addingTimeInterval(1))
    }

    private func rival(_ lab: Laboratory, _ overtaken: OvertakenRepository) -> LifecycleEngine {
        LifecycleEngine(
            repository: overtaken, accounts: SingleProvider(lab.ca.provider), material: Material(),
            sealing: Sealer(MasterKey()), digest: { Fingerprint.sha256($0) },
            time: EngineTime(now: lab.time.now, clock: lab.time.clock), options: EngineOptions(worker: "two"))
    }
}
