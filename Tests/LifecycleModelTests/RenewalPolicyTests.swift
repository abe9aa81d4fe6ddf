// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct RenewalPolicyTests {
    private let policy = RenewalPolicy()
    private let now = OrderSamples.start
    private let day: TimeInterval = 86400

    private func certificate(_ id: String = "crt_1", days: Double = 199) -> IssuedCertificate {
        let facts = CertificateFacts(
            commonName: "a.org", alternativeNames: [.dnsName("a.org")], serialNumber: SerialNumber("01"),
            subject: "CN=a.org", issuer: "CN=CA", notBefore: now, notAfter: now.addingTimeInterval(day * days),
            sha256: "f", publicKey: PublicKeyDigest("k"), keyAlgorithm: .rsa2048)
        return IssuedCertificate(
            id: CertificateID(id), account: "demo", managed: ManagedCertificateID("mgd_1"), order: OrderID("ord_1"),
            reference: OrderSamples.issued, facts: facts, chain: CertificateChain(certificates: []), createdAt: now)
    }

    private func verdict(_ certificate: IssuedCertificate, _ edit: (inout RenewalInput) -> Void = { _ in })
        -> RenewalVerdict
    {
        var input = RenewalInput(certificate: certificate, autoRenewal: AutoRenewal(), capabilities: [.renewing])
        edit(&input)
        return policy.verdict(for: input, at: now)
    }

    @Test(arguments: [47.0, 100, 199])
    func `by default it is due shortly before two thirds of its life`(_ days: Double) throws {
        for id in 0..<50 {
            let due = try #require(verdict(certificate("crt_\(id)", days: days)).dueAt)
            let share = due.timeIntervalSince(now) / (day * days)
            #expect(share <= 2.0 / 3 && share > 2.0 / 3 - 1.0 / 24)
        }
    }

    @Test func `what was issued together is spread, and always in the same way`() {
        let dates = Set((0..<100).compactMap { verdict(certificate("crt_\($0)")).dueAt })
        #expect(dates.count > 90)
        #expect(verdict(certificate("crt_5")).dueAt == verdict(certificate("crt_5")).dueAt)
    }

    @Test(arguments: ["crt_", "crt_01m885ra6q00000000", "mgd_x"])
    func `ids that differ in their last digits are scattered evenly`(_ beginning: String) {
        var tenths = Array(repeating: 0, count: 10)
        for number in 1000..<6000 { tenths[Int(Spread.fraction(of: "\(beginning)\(number)") * 10)] += 1 }
        #expect(tenths.allSatisfy { (400...600).contains($0) }, "\(tenths)")
    }

    @Test func `a number of days is kept, give or take the spread before it`() throws {
        let due = try #require(verdict(certificate()) { $0.autoRenewal.days = 30 }.dueAt)
        let left = certificate().facts.notAfter.timeIntervalSince(due) / day
        #expect(left >= 30 && left < 30 + 199.0 / 24)
    }

    @Test func `revoked by others is renewed at once, as a new order`() {
        var revoked = certificate()
        revoked.status = .revoked
        let planned = verdict(revoked) { $0.isPlanned = true }
        #expect(planned.dueAt == now && planned.means == .newOrder && planned.reason == .revokedAtCA)
        // What was revoked before anybody wanted it renewed is history, and so is what has run out since.
        #expect(verdict(revoked).dueAt == nil)
        var input = RenewalInput(certificate: revoked, autoRenewal: AutoRenewal(), capabilities: [], isPlanned: true)
        input.certificate.facts.notAfter = now
        #expect(policy.verdict(for: input, at: now).dueAt == nil)
    }

    @Test func `what had expired before it was planned is history, what expires meanwhile is not`() {
        let late = now.addingTimeInterval(day * 300)
        var input = RenewalInput(certificate: certificate(), autoRenewal: AutoRenewal(), capabilities: [.renewing])
        #expect(policy.verdict(for: input, at: late).reason == .ended)
        input.isPlanned = true
        #expect(policy.verdict(for: input, at: late).reason == .expiring)
    }

    @Test func `one whose key is elsewhere gets a new key, unless it is to be left alone`() throws {
        let renewed = verdict(certificate()) { $0.hasKey = false }
        #expect(renewed.dueAt != nil && renewed.note.contains("new one"))
        let left = verdict(certificate()) {
            $0.hasKey = false
            $0.autoRenewal.onlyWithKey = true
        }
        #expect(left.dueAt == nil && left.reason == .keyElsewhere)
    }

    @Test(arguments: [47.0, 100, 199])
    func `however early it is asked for, half of its life it lives`(_ days: Double) throws {
        for choice in [AutoRenewal(isEnabled: true, days: 366), AutoRenewal(isEnabled: true, share: 0.01)] {
            let due = try #require(verdict(certificate(days: days)) { $0.autoRenewal = choice }.dueAt)
            #expect(due.timeIntervalSince(now) >= day * days / 2)
            #expect(due.timeIntervalSince(now) < day * days * (0.5 + 1.0 / 24))
        }
    }

    @Test func `the CA's window is kept where that is wanted, and spread within`() throws {
        var suggested = certificate()
        let window = SuggestedRenewal(from: now.addingTimeInterval(day * 20), until: now.addingTimeInterval(day * 22))
        suggested.suggestedRenewal = window
        #expect(verdict(suggested).reason == .expiring)
        let followed = verdict(suggested) { $0.autoRenewal.followsCA = true }
        #expect(followed.reason == .suggestedByCA)
        #expect((window.from..<window.until).contains(try #require(followed.dueAt)))
    }

    @Test(arguments: [(199, 199.0 / 12), (100, 100.0 / 12), (47, 47.0 / 12), (20, 3), (3, 0.5)] as [(Double, Double)])
    func `windows are waited for until the emergency`(_ lifetime: Double, _ left: Double) {
        let facts = certificate(days: lifetime).facts
        let due = now.addingTimeInterval(day * lifetime * (lifetime == 3 ? 2.0 / 3 : 0.5))
        let emergency = policy.emergency(for: facts, dueAt: due)
        #expect(abs(facts.notAfter.timeIntervalSince(emergency) / day - left) < 0.001)
        let last = policy.lastAttempt(for: facts, dueAt: due)
        #expect(abs(last.timeIntervalSince(due) - facts.notAfter.timeIntervalSince(last)) < 1)
    }

    @Test(arguments: [(199, 7), (47, 7), (20, 10.0 / 3), (3, 1)] as [(Double, Double)])
    func `a person is asked when the schedule or half of the time is over, and after a day at the earliest`(
        _ lifetime: Double, _ tried: Double
    ) {
        let facts = certificate(days: lifetime).facts
        let due = now.addingTimeInterval(day * lifetime * 2 / 3)
        let end = policy.givingUp(on: facts, tryingFrom: due, .standard)
        #expect(abs(end.timeIntervalSince(due) / day - tried) < 0.001)
    }

    @Test func `ended on purpose is not renewed`() {
        var ours = certificate()
        ours.status = .revoked
        ours.isRevokedByUs = true
        #expect(verdict(ours).reason == .ended && verdict(ours).dueAt == nil)
        var gone = certificate()
        gone.status = .revoked
        gone.revocation = Revocation(reason: .cessationOfOperation)
        #expect(verdict(gone).dueAt == nil)
    }

    @Test func `one with a successor is left alone`() {
        var old = certificate()
        old.successor = CertificateID("crt_2")
        #expect(verdict(old).reason == .succeeded && verdict(old).dueAt == nil)
    }

    @Test func `a reissue comes first while the order is paid for longer, and never loops`() {
        let paid = certificate().facts.notAfter.addingTimeInterval(day * 100)
        #expect(
            verdict(certificate()) {
                $0.capabilities = [.renewing, .reissuing]
                $0.orderPaidUntil = paid
            }.means == .reissue)
        #expect(
            verdict(certificate()) {
                $0.capabilities = [.renewing, .reissuing]
                $0.orderPaidUntil = paid
                $0.reissueLengthensNothing = true
            }.means == .renew)
        #expect(verdict(certificate()) { $0.capabilities = [] }.means == .newOrder)
    }
}
