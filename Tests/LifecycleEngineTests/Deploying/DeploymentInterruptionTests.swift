// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Synchronization
import Testing

/// What comes between two steps: a kill, a window, another certificate.
struct DeploymentInterruptionTests {
    @Test func `who comes after a kill between publish and reload goes on with the reload`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued()
        try await lab.engine().pass(.certificate(certificate.id))
        let record = try await lab.deployment(of: certificate)
        // The first host publishes, commits, and is gone within the reload.
        let dying = lab.engine()
        let (kills, kill) = AsyncStream.makeStream(of: Void.self)
        lab.targets.during(.reload) {
            kill.finish()
            // Never heard of again: it answers only when its lease has gone to another.
            while lab.targets.calls(.reload) < 2 { await Task.yield() }
        }
        let lost = Task { try await dying.pass(.deployment(record.id)) }
        for await _ in kills {}
        #expect(try await lab.deployment(of: certificate).phase == .reloading)
        try await lab.pass(after: 121, by: lab.engine("two"))
        _ = try await lost.value
        #expect(try await lab.deployment(of: certificate).phase == .current)
        #expect(lab.targets.calls(.publish) == 1 && lab.targets.calls(.reload) == 2)
    }

    @Test func `what comes too late for a newer certificate counts for nothing`() async throws {
        let lab = try await DeploymentLab()
        let first = try await lab.issued()
        try await lab.engine().pass(.certificate(first.id))
        let record = try await lab.deployment(of: first)
        // While the first is published, the second is issued and wanted.
        lab.targets.during(.publish) {
            let two = lab.engine("two")
            guard let second = try? await lab.renewed(first, by: two) else { return }
            _ = try? await two.pass(.certificate(second.id))
            // One host at a time: the second is not published yet.
            _ = try? await two.pass(.deployment(record.id))
        }
        try await lab.engine().pass()
        let after = try await lab.deployment(of: first)
        #expect(after.wanted != first.id && after.inPlace == after.wanted && after.phase == .current)
        #expect(lab.targets.served(at: "web") == after.sha256)
        #expect(lab.targets.calls(.publish) == 2 && lab.targets.changes.map(\.certificate) == [after.wanted])
        #expect(lab.ca.placedOrders.count == 2)
    }

    @Test func `two hosts that end announcing and loading at once lose neither`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued()
        try await lab.engine().pass(.certificate(certificate.id))
        let record = try await lab.deployment(of: certificate)
        lab.targets.during(.reload) {
            // Another host tells the webhook in the meantime.
            _ = try? await lab.engine("two").pass(.deployment(record.id))
        }
        try await lab.engine().pass(.deployment(record.id))
        let after = try await lab.deployment(of: certificate)
        #expect(after.isAnnounced && after.phase == .current)
        #expect(lab.targets.calls(.reload) == 1 && lab.targets.calls(.announce) == 1)
    }

    @Test func `a renewal is published in the window, and loaded whenever that is possible`() async throws {
        let lab = try await DeploymentLab()
        let first = try await lab.served()
        let now = lab.time.now()
        let minute = Int(now.timeIntervalSince1970 / 60) % 1440
        let windows = [
            MaintenanceWindow(
                from: (minute + 600) % 1440, to: (minute + 660) % 1440, zone: try #require(TimeZone(secondsFromGMT: 0)))
        ]
        let second = try await lab.renewed(first)
        let engine = lab.engine(windows: windows)
        try await engine.pass()
        var record = try await lab.deployment(of: second)
        let opening = try #require(record.waitsUntil)
        #expect(record.phase == .publishing && record.problem == nil)
        #expect((599 * 60...601 * 60).contains(opening.timeIntervalSince(now)))
        for _ in 0..<9 { try await lab.pass(after: 3600, by: engine) }
        #expect(lab.targets.served(at: "web") == first.facts.sha256)
        lab.targets.fail(.reload, DeploymentFailure("busy"))
        try await lab.pass(after: 3600, by: engine)
        #expect(lab.targets.calls(.publish) == 2)
        try await lab.pass(after: 5, by: engine)
        record = try await lab.deployment(of: second)
        #expect(record.phase == .current && record.waitsUntil == nil)
    }

    @Test func `what is revoked while its successor waits for a window is replaced within the hour`() async throws {
        let lab = try await DeploymentLab()
        let first = try await lab.served()
        let never = [
            MaintenanceWindow(
                days: [(Int(lab.time.now().timeIntervalSince1970 / 86400) + 3 + 3) % 7 + 1], from: 0, to: 60,
                zone: try #require(TimeZone(secondsFromGMT: 0)))
        ]
        let second = try await lab.renewed(first)
        let engine = lab.engine(windows: never)
        try await engine.pass()
        #expect(lab.targets.served(at: "web") == first.facts.sha256)
        let revocation = try await engine.revoke(first.id, reason: .keyCompromise, comments: "lost")
        try await engine.pass(.revocation(revocation.id))
        try await lab.pass(after: 3600, by: engine)
        #expect(lab.targets.served(at: "web") == second.facts.sha256)
    }

    @Test func `a host that is asked to stop does not count what it broke off`() async throws {
        let lab = try await DeploymentLab()
        let certificate = try await lab.issued()
        try await lab.engine().pass(.certificate(certificate.id))
        let record = try await lab.deployment(of: certificate)
        lab.targets.fail(.publish, DeploymentFailure("cancelled"))
        let working = Mutex<Task<Void, any Error>?>(nil)
        lab.targets.during(.publish) {
            // The pass may be faster than the line below, which says what to stop.
            while working.withLock({ $0 == nil }) {}
            working.withLock { $0?.cancel() }
        }
        let pass = Task { _ = try await lab.engine().pass(.deployment(record.id)) }
        working.withLock { $0 = pass }
        try await pass.value
        #expect(try await lab.deployment(of: certificate) == record)
        try await lab.pass(after: 0)
        #expect(try await lab.deployment(of: certificate).phase == .current)
    }
}
