// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct DeploymentWindowTests {
    private let now = DeploymentSamples.now  // A Thursday, at midnight.
    private var nights: [MaintenanceWindow] {
        get throws { [MaintenanceWindow(from: 120, to: 240, zone: try #require(TimeZone(secondsFromGMT: 0)))] }
    }

    private func date(replacing replaced: IssuedCertificate?, _ windows: [MaintenanceWindow]) -> TimeInterval {
        DeploymentSamples.record().publishable(replacing: replaced, in: windows, at: now).timeIntervalSince(now)
    }

    @Test func `what is served well waits for the window`() throws {
        #expect(date(replacing: DeploymentSamples.certificate(), try nights) == 7200)
        #expect(date(replacing: DeploymentSamples.certificate(), []) == 0)
    }

    @Test func `what is not served, or revoked, does not wait`() throws {
        #expect(date(replacing: nil, try nights) == 0)
        var revoked = DeploymentSamples.certificate()
        revoked.status = .revoked
        #expect(date(replacing: revoked, try nights) == 0)
    }

    @Test(arguments: zip([48, 73, 84] as [TimeInterval], [0, 3600, 7200] as [TimeInterval]))
    func `three days before the end no window is waited for`(_ hours: TimeInterval, _ wait: TimeInterval) throws {
        let ending = DeploymentSamples.certificate(ends: now.addingTimeInterval(hours * 3600))
        #expect(date(replacing: ending, try nights) == wait)
    }

    @Test func `what a person asks for does not wait`() throws {
        var record = DeploymentSamples.record(.current)
        try record.receive(.retried(atOnce: true))
        #expect(
            record.publishable(replacing: DeploymentSamples.certificate(), in: try nights, at: now) == now)
        try record.receive(.retried(atOnce: false))
        #expect(record.publishable(replacing: DeploymentSamples.certificate(), in: try nights, at: now) > now)
    }

    @Test func `an asterisk is no part of a path`() {
        #expect(DeploymentSamples.target().path(for: "*.example.org") == "/etc/web/_wildcard.example.org")
    }
}
