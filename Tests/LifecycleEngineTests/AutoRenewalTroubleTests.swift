// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct AutoRenewalTroubleTests {
    private let on = AutoRenewal(isEnabled: true)

    private func planned(_ lab: Laboratory) async throws -> (IssuedCertificate, Date) {
        let certificate = try await lab.issued()
        let plan = try await lab.engine.setAutoRenewal(on, of: certificate.id).plan
        return (certificate, try #require(plan).dueAt)
    }

    @Test func `a CA that refuses is asked again, and given up while half of the time is left`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        lab.ca.mischief = [.refusedOrder]
        try await lab.live(until: certificate.facts.notAfter)
        let plan = try #require(try await lab.plan(of: certificate))
        #expect(plan.isStuck && plan.failures.count > 5)
        let rows = try await lab.audit().filter { $0.verdict == .failed }
        let last = try #require(rows.last)
        #expect(last.reason.contains("given up"))
        let half = dueAt.addingTimeInterval(certificate.facts.notAfter.timeIntervalSince(dueAt) / 2)
        #expect(last.at <= half.addingTimeInterval(3600))
        #expect(rows.count == 2)
    }

    @Test func `what was given up is tried again when a person says so`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        lab.ca.mischief = [.refusedOrder]
        try await lab.live(until: dueAt.addingTimeInterval(40 * Laboratory.day))
        #expect(try await lab.plan(of: certificate)?.isStuck == true)
        lab.ca.mischief = []
        try await lab.live(days: 2)
        #expect(try await lab.current(of: certificate).id == certificate.id)
        try await lab.engine.retryRenewal(of: certificate.id)
        try await lab.live(days: 0.1)
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `an outage of three days delays, and buys nothing twice`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        try await lab.live(until: dueAt.addingTimeInterval(-Laboratory.day))
        lab.ca.play(.rateLimit, times: 1_000_000)
        try await lab.live(days: 4)
        #expect(try await lab.current(of: certificate).id == certificate.id)
        lab.ca.mischief = []
        try await lab.live(days: 2)
        #expect(try await lab.current(of: certificate).id != certificate.id)
        #expect(lab.ca.placedOrders.count == 2)
    }

    @Test func `a paused account renews nothing, and everything when it goes on`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        _ = try await lab.engine.pauseAccount("test")
        lab.time.advance(by: .seconds(Int(dueAt.timeIntervalSince(lab.time.now())) + 3600))
        #expect(try await lab.engine.pass() == 0)
        _ = try await lab.engine.resumeAccount("test")
        try await lab.engine.pass()
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `a lost answer leaves one renewal`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        lab.ca.play(.lostReply, times: 1)
        try await lab.live(until: dueAt.addingTimeInterval(7200))
        #expect(try await lab.current(of: certificate).id != certificate.id)
        #expect(lab.ca.placedOrders.count == 2)
        #expect(try await lab.audit().filter { $0.verdict == .renewed }.count == 1)
    }

    @Test func `a renewal that a person has under way is followed, not doubled`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        try await lab.live(until: dueAt.addingTimeInterval(-60))
        let byHand = try await lab.engine.renew(certificate.id)
        try await lab.live(until: dueAt.addingTimeInterval(7200))
        #expect(try await lab.current(of: certificate).order == byHand.id)
        #expect(lab.ca.placedOrders.count == 2)
    }

    @Test func `a renewal that a person withdrew is not ordered again unless a person says so`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        lab.ca.mischief = [.lateVisibility]
        try await lab.live(until: dueAt.addingTimeInterval(-60))
        let order = try await lab.engine.renew(certificate.id)
        lab.time.advance(by: .seconds(90))
        try await lab.engine.pass(.certificate(certificate.id))
        #expect(try await lab.plan(of: certificate)?.order == order.id)
        var placed = try await lab.stored(order.id)
        placed.phase = .cancelled
        placed.reference = OrderReference("declined")
        var changes = ChangeSet()
        changes.puts = [.order(placed)]
        changes.work = [
            .remove(.order(order.id), task: WorkItem.life),
            .hasten(.certificate(certificate.id), task: "renewal", to: lab.time.now()),
        ]
        try await lab.repository.commit(changes)
        try await lab.live(days: 3)
        #expect(try await lab.plan(of: certificate)?.isStuck == true)
        #expect(try await lab.current(of: certificate).id == certificate.id)
        try await lab.engine.retryRenewal(of: certificate.id)
        try await lab.live(days: 0.1)
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `one that is begun late is tried for a while before it is given up`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        lab.time.advance(by: .seconds(86400 * 195))
        lab.ca.play(.transientReads, times: 1)
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        try await lab.engine.pass()
        #expect(try await lab.plan(of: certificate)?.isStuck == false)
        try await lab.live(days: 0.1)
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `switching off is the audit's last word`() async throws {
        let lab = try await Laboratory()
        let (certificate, _) = try await planned(lab)
        lab.time.advance(by: .seconds(60))
        try await lab.engine.setAutoRenewal(AutoRenewal(), of: certificate.id)
        #expect(try await lab.audit().last?.reason == "auto-renewal is switched off")
    }

    @Test func `a stuck order waits for its person, and its renewal with it`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        lab.ca.mischief = [.wrongKey]
        try await lab.live(until: dueAt.addingTimeInterval(20 * Laboratory.day))
        #expect(lab.ca.placedOrders.count == 2)
        #expect(try await lab.plan(of: certificate)?.problem?.contains("stuck") == true)
        #expect(try await lab.audit().filter { $0.verdict == .failed }.count == 1)
    }

    @Test func `what somebody has renewed under another order is not bought again`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        lab.time.advance(by: .seconds(86400 * 60))
        _ = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, ofAccount: "test")
        try await lab.live(days: 100)
        #expect(lab.ca.placedOrders.count == 2)
        let row = try #require(try await lab.audit().first { $0.certificate == certificate.id })
        #expect(row.verdict == .skipped && row.reason.contains("valid longer"))
        // Whoever wants this very one kept alive gets that.
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        try await lab.live(days: 1)
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `a renewal that the CA knows of, and we do not, is not bought again`() async throws {
        let lab = try await Laboratory()
        let (certificate, dueAt) = try await planned(lab)
        try await lab.live(until: dueAt.addingTimeInterval(600))
        let successor = try await lab.current(of: certificate)
        try await lab.engine.delete(successor.id)
        try await lab.engine.pass()
        #expect(try await lab.current(of: certificate).id == certificate.id)
        #expect(lab.ca.placedOrders.count == 2)
        let row = try #require(try await lab.audit().first { $0.verdict == .skipped })
        #expect(row.reason.contains("renewed already"))
        #expect(try await lab.plan(of: certificate)?.problem?.contains("order import") == true)
        lab.time.advance(by: .seconds(2 * 86400))
        let late = try await lab.engine.attention(at: lab.time.now()).filter { $0.kind == .renewalLate }
        #expect(late.map(\.hint) == ["publicca order import --account test"])
    }
}
