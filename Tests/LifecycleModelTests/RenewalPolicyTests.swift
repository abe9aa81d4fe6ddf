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

    @Test func `a number of days is kept, give or take the spread before it`() throws {
        let due = try #require(verdict(certificate()) { $0.autoRenewal.days = 30 }.dueAt)
        let left = certificate().facts.notAfter.timeIntervalSince(due) / day
        #expect(left >= 30 && left < 30 + 199.0 / 24)
    }

    @Test func `revoked by others is renewed at once, as a new order`() {
        var revoked = certificate()
        revoked.status = .revoked
        #expect(verdict(revoked).dueAt == now)
        #expect(verdict(revoked).means == .newOrder)
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
