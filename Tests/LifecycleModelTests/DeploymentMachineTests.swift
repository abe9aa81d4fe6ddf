// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct DeploymentMachineTests {
    private let now = DeploymentSamples.now

    @Test func `what is new begins, and what is wanted already goes on as it is`() throws {
        var record = DeploymentSamples.record()
        let event = DeploymentEvent.wanted(record.wanted, sha256: record.sha256)
        #expect(try record.receive(event).main == .unchanged)
        record.revision = 0
        #expect(try record.receive(event).main == .step(.publish, due: now))
    }

    @Test func `publish, reload and verify come one after the other, and announcing goes beside them`() throws {
        var record = DeploymentSamples.record()
        let published = try record.receive(.succeeded(.publish))
        #expect(published.main == .step(.reload, due: now) && published.announcement == .step(.announce, due: now))
        #expect(throws: InvalidTransition.self) { try record.receive(.succeeded(.verify)) }
        #expect(try record.receive(.succeeded(.reload)).main == .step(.verify, due: now))
        let tomorrow = now.addingTimeInterval(86400)
        #expect(try record.receive(.succeeded(.verify)).main == .step(.verify, due: tomorrow))
        #expect(record.phase == .current && record.servedSince == now && record.inPlace == record.wanted)
        #expect(try record.receive(.succeeded(.announce)).main == .unchanged)
        #expect(record.problem == nil && !record.isTroubled)
    }

    @Test func `a target without command, webhook and endpoint is done when the files are there`() throws {
        var record = DeploymentSamples.record()
        let bare = DeploymentSamples.target(reload: false, webhook: false, endpoint: false)
        let decision = try record.receive(.succeeded(.publish), at: now, bare)
        #expect(decision.main == .nothing && decision.announcement == .unchanged && record.phase == .current)
    }

    @Test(arguments: [(DeploymentPhase.publishing, DeploymentStep.publish), (.reloading, .reload)])
    func `a step that fails is tried again, told after a minute, and given up in the end`(
        _ phase: DeploymentPhase, _ step: DeploymentStep
    ) throws {
        var record = DeploymentSamples.record(phase)
        let failure = DeploymentEvent.failed(step, DeploymentSamples.passing)
        _ = try record.fail(failure, times: 3)
        #expect(record.phase == phase && !record.isTroubled)
        #expect(record.problem == "\(step.rawValue): the command ended with 1")
        var troubled = record
        _ = try troubled.receive(failure, at: now.addingTimeInterval(60))
        #expect(troubled.isTroubled && troubled.phase == phase)
        var given = DeploymentSamples.record(phase)
        let elapsed = try given.fail(failure)
        #expect((6 * 86400...8 * 86400).contains(elapsed))
        #expect(given.phase == .stuck && given.isTroubled && given[step].isGivenUp)
    }

    @Test func `a failure that will not pass is not tried again`() throws {
        var record = DeploymentSamples.record()
        #expect(try record.receive(.failed(.publish, DeploymentSamples.lasting)).main == .nothing)
        #expect(record.phase == .stuck && record.isTroubled && !record.canAnnounce)
    }

    @Test func `an announcement that fails holds nothing up, and is trouble when it is given up`() throws {
        var record = DeploymentSamples.record(.reloading)
        let decision = try record.receive(.failed(.announce, DeploymentSamples.lasting))
        #expect(decision.main == .unchanged && decision.announcement == .nothing)
        #expect(record.isTroubled && record.phase == .reloading && !record.canAnnounce)
        #expect(try record.receive(.succeeded(.reload)).main == .step(.verify, due: now))
        #expect(record.isTroubled && record.problem == "announce: there is no such program")
    }

    @Test func `what is not served yet becomes trouble, and is looked at every day for ever`() throws {
        var record = DeploymentSamples.record(.verifying)
        _ = try record.fail(.showsOther("ff"), times: 1)
        #expect(record.problem?.hasPrefix("not served yet") == true && !record.isTroubled)
        _ = try record.fail(.showsOther("ff"), times: 3)
        #expect(record.problem?.hasPrefix("renewed but not served") == true && record.isTroubled)
        let elapsed = try record.fail(.showsOther("ff"), times: 40)
        #expect(elapsed > 20 * 86400 && record.phase == .verifying && !record[.verify].isGivenUp)
        _ = try record.receive(.succeeded(.verify), at: now.addingTimeInterval(elapsed))
        #expect(record.phase == .current && !record.isTroubled && record.problem == nil)
    }

    @Test func `what is served no more is trouble at once, and over when it is served again`() throws {
        var record = DeploymentSamples.record(.verifying)
        try record.receive(.succeeded(.verify))
        let decision = try record.receive(.showsOther("ff"))
        #expect(decision.main == .step(.verify, due: now.addingTimeInterval(5)))
        #expect(record.isTroubled && record.problem?.hasPrefix("not served any more") == true)
        try record.receive(.succeeded(.verify))
        #expect(!record.isTroubled)
    }

    @Test func `a look that fails once says nothing of what is served`() throws {
        var record = DeploymentSamples.record(.current)
        try record.receive(.failed(.verify, DeploymentFailure("connection refused")))
        #expect(!record.isTroubled && record.problem == "verify: connection refused")
    }

    @Test func `a later certificate takes the place of what is unfinished`() throws {
        var record = DeploymentSamples.record(.reloading)
        try record.receive(.failed(.reload, DeploymentSamples.lasting))
        let decision = try record.receive(.wanted(CertificateID("crt_2"), sha256: "sha-crt_2"))
        #expect(decision.main == .step(.publish, due: now) && decision.announcement == .nothing)
        #expect(record.phase == .publishing && record.expectedSHA256 == "sha-crt_2" && !record.isTroubled)
        #expect(record.inPlace == CertificateID("crt_1"))
        #expect(throws: InvalidTransition.self) { try record.receive(.succeeded(.reload)) }
    }

    @Test func `a person who asks again begins with publishing, and trouble stays until it is over`() throws {
        var record = DeploymentSamples.record(.reloading)
        record.isAnnounced = true
        try record.receive(.failed(.reload, DeploymentSamples.lasting))
        #expect(try record.receive(.retried(atOnce: true)).main == .step(.publish, due: now))
        #expect(record.isTroubled && record.isAsked && !record[.reload].isGivenUp)
        #expect(try record.receive(.succeeded(.publish)).announcement == .unchanged)
        try record.receive(.succeeded(.reload))
        #expect(!record.isTroubled && record.problem == nil && !record.isAsked)
    }

    @Test func `a rollback holds the target until a newer certificate comes or a person asks`() throws {
        var record = DeploymentSamples.record(.current)
        #expect(try record.receive(.rolledBack(DeploymentSamples.earlier)).main == .step(.publish, due: now))
        try record.receive(.succeeded(.publish))
        #expect(record.inPlace == CertificateID("crt_0") && record.expectedSHA256 == "00")
        #expect(try record.receive(.wanted(CertificateID("crt_1"), sha256: "sha-crt_1")).main == .unchanged)
        #expect(record.held != nil)
        var asked = record
        try asked.receive(.retried(atOnce: true))
        #expect(asked.held == nil && asked.expected == CertificateID("crt_1"))
        try record.receive(.wanted(CertificateID("crt_2"), sha256: "sha-crt_2"))
        #expect(record.held == nil && record.expected == CertificateID("crt_2"))
    }

    @Test func `what was put back and let go may be served for a moment, and its troubles are not the newest's`() throws
    {
        var record = DeploymentSamples.record(.current)
        try record.receive(.rolledBack(DeploymentSamples.earlier))
        for step in [DeploymentStep.publish, .reload, .verify] { try record.receive(.succeeded(step)) }
        try record.receive(.showsOther("ff"))
        #expect(record.isTroubled)
        try record.receive(.retried(atOnce: true))
        #expect(!record.isTroubled && record.problem == nil && record.servedSince == nil && record.isAsked)
        for step in [DeploymentStep.publish, .reload] { try record.receive(.succeeded(step)) }
        try record.receive(.showsOther("00"))
        #expect(!record.isTroubled && record.problem?.hasPrefix("not served yet") == true)
    }

    @Test func `one that is superseded rests without trouble, and begins anew when it is wanted`() throws {
        var record = DeploymentSamples.record(.stuck)
        record[.publish].isTroubled = true
        #expect(try record.receive(.superseded(by: CertificateID("crt_9"))).main == .nothing)
        #expect(!record.isTroubled && record.problem?.contains("crt_9") == true)
        #expect(throws: InvalidTransition.self) { try record.receive(.retried(atOnce: true)) }
        #expect(throws: InvalidTransition.self) { try record.receive(.rolledBack(DeploymentSamples.earlier)) }
        try record.receive(.wanted(CertificateID("crt_1"), sha256: "sha-crt_1"))
        #expect(record.phase == .publishing && record.problem == nil)
    }

    @Test func `a target that has moved is published to again`() throws {
        var record = DeploymentSamples.record(.current)
        var moved = DeploymentSamples.target()
        moved.place = .folder(path: "/srv/{name}")
        #expect(try record.receive(.configured, at: now, moved).main == .step(.publish, due: now))
        #expect(record.phase == .publishing && record.inPlace == nil)
    }
}
