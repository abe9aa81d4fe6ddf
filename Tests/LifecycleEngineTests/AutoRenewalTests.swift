// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct AutoRenewalTests {
    private let on = AutoRenewal(isEnabled: true)

    @Test func `nothing is renewed unless somebody wants it`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.live(days: 210)
        #expect(try await lab.current(of: certificate).id == certificate.id)
        #expect(try await lab.audit().isEmpty)
    }

    @Test func `what is due is renewed once, and its successor is planned`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let (plan, _) = try await lab.engine.setAutoRenewal(on, of: certificate.id)
        let dueAt = try #require(plan).dueAt
        try await lab.live(until: dueAt.addingTimeInterval(-60))
        #expect(lab.ca.placedOrders.count == 1)
        try await lab.live(until: dueAt.addingTimeInterval(600))
        let successor = try await lab.current(of: certificate)
        #expect(successor.id != certificate.id && lab.ca.placedOrders.count == 2)
        #expect(try await lab.plan(of: successor)?.certificate == successor.id)
        let audit = try await lab.audit()
        #expect(audit.map(\.verdict) == [.notDue, .renewed, .notDue])
        #expect(audit[1].successor == successor.id && audit[1].order == successor.order && audit[1].means == .renew)
        #expect(audit[1].reason.contains("67 % of its lifetime"))
    }

    @Test func `enabling orders nothing by itself, even where it is due`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        lab.time.advance(by: .seconds(190 * 86400))
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        #expect(lab.ca.placedOrders.count == 1)
        try await lab.engine.pass()
        #expect(try await lab.current(of: certificate).id != certificate.id)
    }

    @Test func `more days than half of a lifetime do not buy for ever`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let plan = try await lab.engine.setAutoRenewal(AutoRenewal(isEnabled: true, days: 300), of: certificate.id).plan
        #expect(try #require(plan).note.contains("half of its lifetime"))
        try await lab.live(days: 199)
        #expect(lab.ca.placedOrders.count == 2)
    }

    @Test func `an account's choice holds for what comes later, and not for what was decided by itself`() async throws {
        let lab = try await Laboratory()
        let excepted = try await lab.issued("a.example.org")
        try await lab.engine.setAutoRenewal(AutoRenewal(), of: excepted.id)
        let old = try await lab.issued("b.example.org")
        try await lab.engine.setAutoRenewal(on, ofAccount: "test")
        try await lab.engine.pass()
        let new = try await lab.issued("c.example.org")
        #expect(try await lab.plan(of: excepted) == nil)
        #expect(try await lab.plan(of: old) != nil)
        #expect(try await lab.plan(of: new) != nil)
        try await lab.engine.setAutoRenewal(on, of: old.id)
        try await lab.engine.setAutoRenewal(AutoRenewal(), ofAccount: "test")
        try await lab.engine.pass()
        #expect(try await lab.plan(of: old) == nil)
        #expect(try await lab.plan(of: new) == nil)
    }

    @Test func `one that somebody revoked at the CA is bought anew at once`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        try await lab.revokeElsewhere(certificate, .keyCompromise)
        let successor = try await lab.current(of: certificate)
        #expect(successor.id != certificate.id)
        #expect(try await lab.repository.order(successor.order)?.kind == .new)
        #expect(try await lab.repository.certificate(certificate.id)?.successor == successor.id)
        #expect(try await lab.audit().contains { $0.verdict == .renewed && $0.means == .newOrder })
    }

    /// The queue gives out what is due within the same millisecond.
    @Test func `what is due a part of a millisecond later is not planned again and again`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        lab.time.advance(by: .microseconds(600))
        try await lab.revokeUnseen(certificate, .keyCompromise)
        // A look, a plan, and the order.
        for _ in 0..<3 {
            for item in try await lab.engine.claimDue(10, of: .certificate(certificate.id)) {
                try await lab.engine.work(on: item)
            }
        }
        #expect(try await lab.repository.unfinishedSuccessor(of: certificate.id) != nil)
    }

    @Test(arguments: [true, false])
    func `one that was ended on purpose is not`(_ isByUs: Bool) async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        try await lab.engine.setAutoRenewal(on, of: certificate.id)
        if isByUs {
            let wish = try await lab.engine.revoke(certificate.id, reason: .superseded, comments: "moved")
            try await lab.engine.pass(.revocation(wish.id))
        } else {
            try await lab.revokeElsewhere(certificate, .cessationOfOperation)
        }
        try await lab.live(days: 250)
        #expect(lab.ca.placedOrders.count == 1)
        #expect(try await lab.plan(of: certificate) == nil)
        #expect(try await lab.audit().contains { $0.verdict == .skipped && $0.reason.contains("revoked") })
    }
}

extension Laboratory {
    /// As somebody does in the CA's portal; then it is looked at, as an import or the daily check does.
    func revokeElsewhere(_ certificate: IssuedCertificate, _ reason: RevocationReason) async throws {
        try await revokeUnseen(certificate, reason)
        try await live(days: 0.1)
    }

    /// The look is yet to come.
    func revokeUnseen(_ certificate: IssuedCertificate, _ reason: RevocationReason) async throws {
        _ = try await ca.provider.revoke(
            RevocationRequest(
                certificate: certificate.reference, serialNumber: certificate.facts.serialNumber, reason: reason,
                comments: "not from here"))
        var changes = ChangeSet()
        changes.work = [
            .put(WorkItem(subject: .certificate(certificate.id), account: "test", step: "check", due: time.now()))
        ]
        try await repository.commit(changes)
    }
}
