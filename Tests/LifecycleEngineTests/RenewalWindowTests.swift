// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct RenewalWindowTests {
    private static let nights = MaintenanceWindow(days: [6], from: 22 * 60, to: 4 * 60, zone: .gmt)

    private func lab(_ window: MaintenanceWindow) async throws -> Laboratory {
        var options = EngineOptions(worker: "one")
        options.windows = [window]
        return try await Laboratory(options: options)
    }

    @Test func `renewals are moved into the window, and done in it`() async throws {
        let lab = try await lab(Self.nights)
        for number in 0..<8 {
            let certificate = try await lab.issued("h\(number).example.org")
            let plan = try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), of: certificate.id).plan
            let dueAt = try #require(plan).dueAt
            #expect(Self.nights.next(from: dueAt)?.contains(dueAt) == true)
        }
        try await lab.live(days: 199)
        let renewed = try await lab.audit().filter { $0.verdict == .renewed }
        #expect(renewed.count == 8)
        for row in renewed { #expect(Self.nights.next(from: row.at)?.contains(row.at) == true, "\(row.at)") }
        #expect(Set(renewed.map(\.at)).count > 4)
    }

    @Test func `a host that was off during the window waits for the next one, until it is an emergency`() async throws {
        let lab = try await lab(Self.nights)
        let certificate = try await lab.issued()
        let plan = try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), of: certificate.id).plan
        let dueAt = try #require(plan).dueAt
        let missed = try #require(Self.nights.next(from: dueAt)).upperBound
        lab.time.advance(by: .seconds(Int(missed.timeIntervalSince(lab.time.now())) + 60))
        try await lab.engine.pass()
        #expect(try await lab.current(of: certificate).id == certificate.id)
        let moved = try #require(try await lab.plan(of: certificate)).dueAt
        #expect(moved > missed && Self.nights.next(from: moved)?.contains(moved) == true)
        // Off for weeks: what is left is less than a twelfth of its life, and it is Wednesday.
        lab.time.advance(by: .seconds(Int(certificate.facts.notAfter.timeIntervalSince(lab.time.now())) - 10 * 86400))
        #expect(!Self.nights.isOpen(at: lab.time.now()))
        try await lab.engine.pass()
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `windows do not keep a failing renewal from being given up in time`() async throws {
        let lab = try await lab(Self.nights)
        let certificate = try await lab.issued()
        let plan = try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), of: certificate.id).plan
        let dueAt = try #require(plan).dueAt
        lab.ca.mischief = [.refusedOrder]
        try await lab.live(until: certificate.facts.notAfter.addingTimeInterval(-86400))
        let stuck = try #require(try await lab.plan(of: certificate))
        #expect(stuck.isStuck && stuck.dueAt == dueAt)
        let given = try #require(try await lab.audit().last { $0.verdict == .failed })
        let half = dueAt.addingTimeInterval(certificate.facts.notAfter.timeIntervalSince(dueAt) / 2)
        #expect(given.reason.contains("given up") && given.at < half.addingTimeInterval(86400 * 7))
    }

    @Test func `the daily planning does not hurry what is tried again by its own schedule`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), of: certificate.id)
        lab.ca.mischief = [.refusedOrder]
        let dueAt = try #require(try await lab.plan(of: certificate)).dueAt
        try await lab.live(until: dueAt.addingTimeInterval(86400))
        let renewal = Subject.certificate(certificate.id)
        let next = try #require(try await lab.repository.work(renewal, task: "renewal")).due
        try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), ofAccount: "test")
        try await lab.engine.pass(.account("test"))
        #expect(try await lab.repository.work(renewal, task: "renewal")?.due == next)
    }

    @Test func `what was revoked does not wait for a window`() async throws {
        let lab = try await lab(Self.nights)
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true), of: certificate.id)
        #expect(!Self.nights.isOpen(at: lab.time.now()))
        try await lab.revokeElsewhere(certificate, .keyCompromise)
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }
}

extension MaintenanceWindow {
    fileprivate func isOpen(at date: Date) -> Bool { [self].isOpen(at: date) }
}
