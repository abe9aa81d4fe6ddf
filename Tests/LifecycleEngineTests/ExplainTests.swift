// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct ExplainTests {
    private let on = AutoRenewal(isEnabled: true)

    private func put(_ records: StoredRecord..., in lab: Laboratory) async throws {
        var changes = ChangeSet()
        changes.puts = records
        try await lab.repository.commit(changes)
    }

    @Test func `a certificate that nobody renews ends, and what would change that is told`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let told = try await lab.engine.explain(certificate)
        #expect(told.subject == .certificate(certificate.id) && told.name == "www.example.org")
        #expect(told.nextAt == certificate.facts.notAfter)
        #expect(told.facts.contains { $0.contains("199 days") && $0.contains("199 days are left") }, "\(told.facts)")
        #expect(told.facts.contains("auto-renewal is off; nobody decided otherwise"))
        #expect(told.rule.contains("without auto-renewal"))
        #expect(
            told.changes.contains {
                $0.hasPrefix("publicca auto-renew enable --days N --certificate \(certificate.id)")
            })
        #expect(told.changes.contains { $0.hasPrefix("publicca certificate renew \(certificate.id)") })
    }

    @Test func `where a choice comes from is told`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true, days: 40), ofAccount: "test")
        try await lab.engine.pass()
        let account = try await lab.engine.explain(certificate)
        #expect(account.facts.contains("auto-renewal is on, 40 days before it expires; decided for its account"))
        try await lab.engine.setAutoRenewal(
            AutoRenewal(isEnabled: true, share: 0.75, followsCA: true), of: certificate.id)
        let own = try await lab.engine.explain(certificate)
        #expect(
            own.facts.contains(
                "auto-renewal is on, at 75 % of its lifetime, or when the CA suggests; decided for it alone"))
    }

    @Test func `what is planned is told with its date, its means, and until when it is tried`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let (renewal, _) = try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let plan = try #require(renewal)
        let told = try await lab.engine.explain(certificate)
        // The schedule ends long before half of the time that is left then.
        let last = plan.dueAt.addingTimeInterval(7 * Laboratory.day)
        #expect(told.nextAt == plan.dueAt)
        #expect(told.decision.contains("on \(plan.dueAt.minute) by a renewal") && told.decision.contains(last.minute))
        #expect(told.changes.contains { $0.hasPrefix("publicca auto-renew disable --certificate \(certificate.id)") })
    }

    @Test(arguments: [
        (1.0 / 24, AutoRenewal(isEnabled: true), "at 67 % of its lifetime, or up to about 8 days earlier"),
        (0.1, AutoRenewal(isEnabled: true, days: 30), "30 days before it expires, or up to about 19 days earlier"),
        (0, AutoRenewal(isEnabled: true, days: 1), "1 day before it expires"),
        (
            1.0 / 240, AutoRenewal(isEnabled: true, days: 150),
            "at half of its lifetime, since 150 days before it expires would be before that, or up to about 20 hours later"
        ),
    ])
    func `the rule says how dates are scattered, as far as they are`(
        _ spread: Double, _ choice: AutoRenewal, _ words: String
    ) async throws {
        let lab = try await Laboratory(
            options: EngineOptions(worker: "one", renewal: RenewalPolicy(spread: spread)))
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(choice, of: certificate.id)
        let rule = try await lab.engine.explain(certificate).rule
        #expect(
            rule == "a successor is ordered \(words)" + (spread > 0 ? ", so that not all are ordered at once" : ""))
    }

    @Test func `after the renewal the old one leads to its order, then to its successor`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let order = try await lab.engine.renew(certificate.id)
        #expect(try await lab.engine.explain(certificate).decision.contains("\(order.id) is drafted"))
        try await lab.run(order)
        let old = try #require(try await lab.repository.certificate(certificate.id))
        let told = try await lab.engine.explain(old)
        let successor = try await lab.current(of: certificate)
        #expect(told.decision.contains("\(successor.id) is kept alive") && told.nextAt == nil)
        #expect(told.changes == ["publicca explain \(successor.id): what holds for its successor"])
    }

    @Test func `one that was revoked from here is left alone, and the reason is told`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let revocation = try await lab.engine.revoke(certificate.id, reason: .superseded, comments: "moved")
        try await lab.engine.pass(.revocation(revocation.id))
        let told = try await lab.engine.explain(try #require(try await lab.repository.certificate(certificate.id)))
        #expect(told.facts.contains("it is revoked as superseded, by a wish from here"), "\(told.facts)")
        #expect(told.decision == "it was revoked from here" && told.nextAt == nil)
    }

    @Test func `an order is told with its place on the schedule, and a stuck one with the ways out`() async throws {
        let lab = try await Laboratory()
        let placed = try await lab.engine.order(Laboratory.wish(profile: "Mock Endless"))
        try await lab.engine.pass()
        var order = try await lab.stored(placed.id)
        let work = try #require(try await lab.repository.work(.order(order.id), task: WorkItem.life))
        let waiting = try await lab.engine.explain(order)
        #expect(
            waiting.nextAt == work.due
                && waiting.decision.contains("on \(work.due.minute) the CA is asked how far it is"))
        #expect(waiting.decision.contains("answers so far that said \"not yet\": 1"))
        for _ in 0..<3 { order.failures.extend(at: lab.time.now()) }
        order.problem = "no answer"
        try await put(.order(order), in: lab)
        let failing = try await lab.engine.explain(try await lab.stored(order.id))
        let end = lab.time.now().addingTimeInterval(7 * Laboratory.day)
        #expect(
            failing.decision.contains(
                "failures in a row: 3 of 20, and after the last, about \(end.minute), a person is asked"))
        order = try await lab.stored(order.id)
        order.phase = .stuck
        order.problem = "two orders could be ours"
        try await put(.order(order), in: lab)
        let stuck = try await lab.engine.explain(try await lab.stored(order.id))
        #expect(stuck.decision == "a person decides: two orders could be ours")
        #expect(["--placed", "--retry", "--abandon"].allSatisfy { way in stuck.changes.contains { $0.contains(way) } })
    }

    @Test func `an order that waits for room is told its place, and where room comes from`() async throws {
        let lab = try await Laboratory(options: EngineOptions(worker: "one", capacity: 0))
        let order = try await lab.engine.order(Laboratory.wish())
        try await lab.engine.pass()
        let told = try await lab.engine.explain(try await lab.stored(order.id))
        #expect(told.decision.contains("as number 1; the limit is 0"), "\(told.decision)")
        #expect(told.changes.contains { $0.hasPrefix("inventory.limit") })
    }

    @Test func `a paused account is told with what lets it go on, and holds its things back`() async throws {
        let lab = try await Laboratory()
        let order = try await lab.engine.order(Laboratory.wish(profile: "Mock Endless"))
        try await lab.engine.pass()
        let before = try await lab.engine.explain(try #require(try await lab.repository.account("test")))
        #expect(before.decision.contains("order \(order.id) goes on with poll") && before.nextAt != nil)
        #expect(before.facts.contains("orders under way: 1"))
        let account = try await lab.engine.pauseAccount("test")
        let told = try await lab.engine.explain(account)
        #expect(told.nextAt == nil && told.decision.contains("until a person lets it go on"))
        #expect(told.changes.contains { $0.hasPrefix("publicca account resume test") })
        let held = try await lab.engine.explain(try await lab.stored(order.id))
        #expect(held.nextAt == nil && held.decision.hasPrefix("nothing, until account test goes on"))
    }

    @Test func `deployments are told of, and what follows a renewal goes where the last one went`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        var deployment = DeploymentRecord(
            id: DeploymentID("dep_1"), target: "web", certificate: certificate, createdAt: lab.time.now())
        deployment.problem = "the disk is full"
        deployment.isTroubled = true
        try await put(.deployment(deployment), in: lab)
        let told = try await lab.engine.explain(deployment)
        #expect(
            told.decision == "given up: the disk is full"
                && told.facts.contains("it brings www.example.org to target web"))
        #expect(try await lab.engine.explain(certificate).facts.contains("it is served at web"))
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let query = PlanQuery(until: lab.time.now().addingTimeInterval(140 * Laboratory.day))
        let steps = try await lab.engine.plan(query).steps
        #expect(Set(steps.map(\.action)) == [.renew, .deploy] && Set(steps.map(\.at)).count == 1)
        #expect(steps.contains { $0.why == "its successor goes to web as soon as it is here" })
    }
}
