// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

/// What is chosen, found or forgotten while a renewal is planned or under way.
struct RenewalChoiceTests {
    private let on = AutoRenewal(isEnabled: true)

    /// Due, and ordered by itself where its order waits for a person at the CA.
    private func underWay(_ lab: Laboratory) async throws -> (IssuedCertificate, Order) {
        var wish = Laboratory.wish(profile: "Mock Approval")
        wish.term = 47
        let first = try await lab.engine.order(wish)
        try await lab.engine.pass()
        lab.ca.approve(try #require(try await lab.stored(first.id).reference))
        let certificate = try await lab.certificate(of: lab.run(first))
        let plan = try await lab.engine.setAutoRenewal(on, of: certificate.id).plan
        try await lab.live(until: try #require(plan).dueAt.addingTimeInterval(3600))
        let order = try #require(try await lab.repository.unfinishedSuccessor(of: certificate.id))
        #expect(order.phase == .placed && lab.ca.placedOrders.count == 2)
        return (certificate, order)
    }

    @Test func `another choice does not forget the order that is under way: once withdrawn, it is not asked again`()
        async throws
    {
        let lab = try await Laboratory()
        let (certificate, order) = try await underWay(lab)
        try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true, days: 3), of: certificate.id)
        _ = try await lab.engine.cancel(order.id, comments: "not needed")
        try await lab.live(until: certificate.facts.notAfter)
        #expect(lab.ca.placedOrders.count == 2)
        #expect(try await lab.plan(of: certificate)?.isStuck == true)
    }

    @Test func `an import that finds it revoked has it renewed at once`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        _ = try await lab.ca.provider.revoke(
            RevocationRequest(
                certificate: certificate.reference, serialNumber: certificate.facts.serialNumber,
                reason: .keyCompromise, comments: "not from here"))
        let run = try await lab.engine.importOrders(account: "test")
        try await lab.engine.pass(.importRun(run.id))
        #expect(try await lab.repository.certificate(certificate.id)?.status == .revoked)
        try await lab.engine.pass()
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `what stands in for a wildcard is looked for under its own name alone`() async throws {
        let lab = try await Laboratory()
        for number in 0..<3 { _ = try await lab.issued("h\(number).example.org") }
        let old = try await lab.issued("*.example.org")
        lab.time.advance(by: .seconds(20 * 86400))
        let new = try await lab.issued("*.example.org")
        try await lab.engine.setAutoRenewal(on, ofAccount: "test")
        try await lab.engine.pass()
        #expect(try await lab.plan(of: old) == nil)
        #expect(try await lab.plan(of: new) != nil)
        #expect(try await lab.audit().contains { $0.verdict == .skipped && $0.reason.contains(new.id.rawValue) })
    }

    @Test func `a twin is found behind any number that do not stand in`() async throws {
        let lab = try await Laboratory()
        let old = try await lab.issued()
        for _ in 0..<60 { _ = try await lab.issued("www.example.org") }
        lab.time.advance(by: .seconds(20 * 86400))
        let new = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, ofAccount: "test")
        try await lab.engine.pass()
        #expect(try await lab.plan(of: old) == nil)
        #expect(try await lab.plan(of: new) != nil)
    }
}
