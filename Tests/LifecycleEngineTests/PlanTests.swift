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

/// What `plan`, `explain` and `forecast` say, and that they only look.
struct PlanTests {
    private let on = AutoRenewal(isEnabled: true)

    private func plan(_ lab: Laboratory, days: Double, _ edit: (inout PlanQuery) -> Void = { _ in }) async throws
        -> [PlannedStep]
    {
        var query = PlanQuery(until: lab.time.now().addingTimeInterval(days * Laboratory.day))
        edit(&query)
        return try await lab.engine.plan(query).steps
    }

    @Test func `a renewal is told with its date, its means and the reason for both`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let (renewal, _) = try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let due = try #require(renewal).dueAt
        #expect(try await plan(lab, days: 30).isEmpty)
        let step = try #require(try await plan(lab, days: 140).first)
        #expect(step.at == due && step.subject == .certificate(certificate.id) && step.action == .renew)
        #expect(step.commonName == "www.example.org" && step.account == "test")
        #expect(step.why.contains("67 % of its lifetime") && step.why.contains("its order covers no more time"))
        // It is open at all times: there is no window to tell of.
        #expect(!step.why.contains("window"))
        // What was planned is what is then done.
        try await lab.live(until: due.addingTimeInterval(600))
        #expect(try await lab.audit().contains { $0.verdict == .renewed && $0.means == .renew })
    }

    @Test func `a date outside of the windows is told with the window that it waits for`() async throws {
        let window = MaintenanceWindow(days: [7], from: 60, to: 180, zone: .gmt)
        let lab = try await Laboratory(options: EngineOptions(worker: "one", windows: [window]))
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let step = try #require(try await plan(lab, days: 150).first)
        let open = try #require(window.next(from: step.at))
        #expect(open.contains(step.at))
        #expect(
            step.why.contains("the maintenance window is from \(open.lowerBound.minute) to \(open.upperBound.minute)"))
    }

    @Test func `what will end unrenewed is told, with the reason`() async throws {
        let lab = try await Laboratory(existing: true)
        let off = try await lab.issued("off.example.org")
        let stuck = try await lab.issued("stuck.example.org")
        try await lab.engine.setAutoRenewal(on, of: stuck.id)
        var managed = try #require(try await lab.repository.managed(stuck.managed))
        managed.renewal?.isStuck = true
        managed.renewal?.problem = "the CA said no"
        var changes = ChangeSet()
        changes.puts = [.managed(managed)]
        try await lab.repository.commit(changes)
        let steps = try await plan(lab, days: 250)
        let ending = try #require(steps.first { $0.commonName == "off.example.org" })
        #expect(ending.action == .expire && ending.at == off.facts.notAfter)
        #expect(ending.why.contains("auto-renewal is off"))
        let given = steps.filter { $0.commonName == "stuck.example.org" }
        #expect(given.map(\.action) == [.skip, .skip])
        #expect(given.allSatisfy { $0.why.contains("given up: the CA said no") })
    }

    @Test func `a certificate without its key is told to get a new one, or to be left alone`() async throws {
        let lab = try await Laboratory(existing: true)
        _ = try await lab.engine.importOrders(account: "test")
        try await lab.live(days: 1)
        var query = CertificateQuery()
        query.withoutSuccessor = true
        query.statuses = [.valid]
        let imported = try await lab.repository.certificates(query).items
        let certificate = try #require(imported.first { $0.isLive(at: lab.time.now()) })
        for (choice, action) in [(on, nil), (AutoRenewal(isEnabled: true, onlyWithKey: true), PlannedAction.skip)] {
            try await lab.engine.setAutoRenewal(choice, of: certificate.id)
            let steps = try await plan(lab, days: 400).filter { $0.subject == .certificate(certificate.id) }
            let step = try #require(steps.first)
            #expect(step.why.contains("key is not here"), "\(step.why)")
            if let action { #expect(step.action == action) } else { #expect(step.action != .skip) }
        }
    }

    @Test func `orders are told with their next step, and those of a paused account with what holds them`() async throws
    {
        let lab = try await Laboratory()
        let order = try await lab.engine.order(Laboratory.wish(profile: "Mock Endless"))
        try await lab.engine.pass()
        let step = try #require(try await plan(lab, days: 1).first)
        #expect(step.subject == .order(order.id) && step.action == .poll && step.why.contains("how far it is"))
        _ = try await lab.engine.pauseAccount("test")
        let held = try #require(try await plan(lab, days: 1).first)
        #expect(held.why.hasPrefix("waits while account test is paused: "))
    }

    @Test func `what waits for room is told in the order in which it comes in`() async throws {
        let lab = try await Laboratory(options: EngineOptions(worker: "one", capacity: 0))
        for name in ["a.example.org", "b.example.org"] {
            _ = try await lab.engine.order(Laboratory.wish(name))
            try await lab.engine.pass()
            lab.time.advance(by: .seconds(60))
        }
        let steps = try await plan(lab, days: 1)
        #expect(steps.map(\.action) == [.collect, .collect])
        let places = steps.map { $0.why.contains("it is number 1 to come in") }
        #expect(Set(places) == [true, false])
        #expect(steps.allSatisfy { $0.why.contains("its limit is 0") })
    }

    @Test func `a page goes on where the one before ended, and conditions hold`() async throws {
        let lab = try await Laboratory()
        for number in 0..<5 { _ = try await lab.issued("h\(number).example.org") }
        let whole = try await plan(lab, days: 210)
        #expect(whole.count == 5)
        var seen: [PlannedStep] = []
        var query = PlanQuery(until: lab.time.now().addingTimeInterval(210 * Laboratory.day))
        query.limit = 2
        repeat {
            let page = try await lab.engine.plan(query)
            seen += page.steps
            query.after = page.next
        } while query.after != nil
        #expect(seen == whole)
        #expect(
            try await plan(lab, days: 210) { $0.name = NamePattern("h3.*") }.map(\.commonName) == ["h3.example.org"])
        await #expect(throws: LifecycleError.self) { try await plan(lab, days: 1) { $0.account = "other" } }
    }

    @Test func `nothing is written and no CA is asked`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let order = try await lab.engine.order(Laboratory.wish("b.example.org", profile: "Mock Endless"))
        try await lab.engine.pass()
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let account = try #require(try await lab.repository.account("test"))
        let looking = try LookingLab(lab)
        let query = PlanQuery(until: lab.time.now().addingTimeInterval(300 * Laboratory.day))
        #expect(try await looking.engine.plan(query).steps.count == 2)
        #expect(try await !looking.engine.explain(certificate).facts.isEmpty)
        #expect(try await !looking.engine.explain(order).facts.isEmpty)
        #expect(try await !looking.engine.explain(account).facts.isEmpty)
        #expect(try await looking.engine.forecast(weeks: 30).forecast.total.autoRenewed == 1)
    }

    @Test func `a forecast counts what is kept, and not what was replaced`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        _ = try await lab.issued("off.example.org")
        let (renewal, _) = try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let due = try #require(renewal).dueAt
        try await lab.live(until: due.addingTimeInterval(600))
        let report = try await lab.engine.forecast(weeks: 26)
        let total = report.forecast.total
        #expect(total.certificates == 2 && total.autoRenewed == 1)
        #expect(total.expiring.reduce(0, +) == 1 && total.orders.reduce(0, +) >= 1)
        #expect(report.paces["test"] == CallPace(requestsPerSecond: nil, requestsInFlight: 8))
        await #expect(throws: LifecycleError.self) { try await lab.engine.forecast(weeks: 1, account: "other") }
    }
}
