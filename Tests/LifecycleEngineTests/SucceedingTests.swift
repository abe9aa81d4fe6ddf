// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct SucceedingTests {
    @Test func `renewing twice in a row buys once`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        let first = try await lab.engine.renew(certificate.id)
        let second = try await lab.engine.renew(certificate.id)
        #expect(first.id == second.id)
        let done = try await lab.run(first)
        #expect(lab.ca.placedOrders.count == 2)
        let successor = try await lab.certificate(of: done)
        #expect(try await lab.repository.certificate(certificate.id)?.successor == successor.id)
        #expect(successor.facts.publicKey != certificate.facts.publicKey)
        await #expect(throws: LifecycleError.self) { try await lab.engine.renew(certificate.id) }
    }

    @Test func `the same key is kept when asked for`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        var wish = SuccessorWish()
        wish.keepsKey = true
        let successor = try await lab.certificate(of: lab.run(lab.engine.renew(certificate.id, wish)))
        #expect(successor.facts.publicKey == certificate.facts.publicKey)
    }

    @Test(arguments: [false, true])
    func `a reissue gets its names, with one id or two`(_ oneID: Bool) async throws {
        let lab = try await Laboratory()
        if oneID { lab.ca.mischief = [.oneID, .lateReissue] }
        let certificate = try await lab.issued()
        var wish = SuccessorWish()
        wish.reason = "second name"
        wish.names = ["example.org"]
        let order = try await lab.run(lab.engine.reissue(certificate.id, wish))
        let successor = try await lab.certificate(of: order)
        #expect(
            Set(successor.facts.alternativeNames) == [.dnsName("www.example.org"), .dnsName("example.org")])
        #expect((successor.reference == certificate.reference) == oneID)
    }

    @Test func `revoking a certificate that was reissued in place spares its successor`() async throws {
        let lab = try await Laboratory()
        lab.ca.mischief = [.oneID]
        let old = try await lab.issued()
        var wish = SuccessorWish()
        wish.reason = "rekey"
        let new = try await lab.certificate(of: lab.run(lab.engine.reissue(old.id, wish)))
        let revocation = try await lab.engine.revoke(old.id, reason: .superseded, comments: "moved")
        try await lab.engine.pass(.revocation(revocation.id))
        #expect(try await lab.repository.certificate(old.id)?.status == .revoked)
        #expect(try await lab.repository.revocation(revocation.id)?.phase == .revoked)
        let shown = try await lab.ca.provider.certificate(new.reference)
        #expect(shown.serialNumber == new.facts.serialNumber && shown.state == .valid)
    }

    @Test func `a lost revocation is answered by reading`() async throws {
        let lab = try await Laboratory()
        let certificate = try await lab.issued()
        lab.ca.play(.lostRevocation, times: 1)
        let revocation = try await lab.engine.revoke(certificate.id, reason: .superseded, comments: "moved")
        #expect(revocation.request.leaf?.certificates == Array(certificate.chain.certificates.prefix(1)))
        try await lab.engine.pass(.revocation(revocation.id))
        lab.time.advance(by: .seconds(10))
        try await lab.engine.pass(.revocation(revocation.id))
        #expect(try await lab.repository.certificate(certificate.id)?.status == .revoked)
        #expect(lab.ca.calls(.revoke) == 1)
    }

    @Test func `a placed order can be withdrawn`() async throws {
        let lab = try await Laboratory()
        let order = try await lab.engine.order(Laboratory.wish(profile: "Mock Endless"))
        try await lab.engine.pass(.order(order.id))
        _ = try await lab.engine.cancel(order.id, comments: "moved")
        #expect(try await lab.run(order).phase == .cancelled)
    }
}
