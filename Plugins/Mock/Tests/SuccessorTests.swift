// SPDX-License-Identifier: Apache-2.0

import Foundation
import MockProvider
import PublicCA
import PublicCATesting
import Testing
import X509

@Suite struct SuccessorTests {
    let time = TestTime()

    @Test func `a renewal is a new order, and the old one says that it was renewed`() async throws {
        let ca = MockCA(now: time.now)
        let first = try await ca.provider.obtain(try Wish("www.example.org"))
        #expect(try await ca.provider.order(first.order).details?.isRenewed == false)
        time.advance(by: .seconds(60 * 86400))
        let renewal = try await ca.provider.renew(first, with: try Wish("www.example.org").request)
        let second = try await ca.provider.collect(renewal)
        #expect(renewal != first.order && second.serialNumber != first.serialNumber)
        #expect(try await ca.provider.order(first.order).details?.isRenewed == true)
        let end = try #require(try second.parsed.first).notValidAfter
        #expect(end == time.now().addingTimeInterval(100 * 86400))
        #expect(try await ca.provider.certificate(first.certificate).state == .valid)
    }

    @Test func `a reissue has a reference of its own, and lasts no longer than its predecessor`() async throws {
        let provider = MockCA(now: time.now).provider
        let first = try await provider.obtain(try Wish("www.example.org"))
        let end = time.now().addingTimeInterval(100 * 86400)
        time.advance(by: .seconds(20 * 86400))
        let order = try await provider.reissue(first, with: try Wish("www.example.org", "example.org").request)
        let second = try await provider.collect(order)
        #expect(order != first.order)
        #expect(try second.parsed.first?.notValidAfter == end)
        #expect(try await provider.certificate(first.certificate).state == .valid)
    }

    @Test func `with one id a reissue keeps the reference, and each serial number is revoked alone`() async throws {
        let ca = MockCA(now: time.now)
        ca.mischief = [.oneID]
        let first = try await ca.provider.obtain(try Wish("www.example.org"))
        #expect(first.order.rawValue == first.certificate.rawValue)
        let order = try await ca.provider.reissue(first, with: try Wish("www.example.org").request)
        #expect(order == first.order)
        let second = try await ca.provider.collect(order)
        #expect(second.serialNumber != first.serialNumber)
        let request = RevocationRequest(
            certificate: first.certificate, serialNumber: first.serialNumber, reason: .superseded, comments: "replaced")
        #expect(try await ca.provider.revoke(request) == .revoked)
        let now = try await ca.provider.certificate(first.certificate)
        #expect(now.serialNumber == second.serialNumber && now.state == .valid)
    }

    @Test func `a late reissue shows the old certificate twice, and then the new one`() async throws {
        let ca = MockCA(now: time.now)
        ca.mischief = [.oneID, .lateReissue]
        let first = try await ca.provider.obtain(try Wish("www.example.org"))
        _ = try await ca.provider.reissue(first, with: try Wish("www.example.org").request)
        for _ in 0..<2 {
            #expect(try await ca.provider.certificate(first.certificate).serialNumber == first.serialNumber)
            #expect(try await ca.provider.order(first.order).state == .issued(first.certificate))
        }
        #expect(try await ca.provider.order(first.order).state == .issued(first.certificate))
        #expect(try await ca.provider.certificate(first.certificate).serialNumber != first.serialNumber)
    }

    @Test(arguments: [Set<Mischief>([.revokedPredecessor]), [.revokedPredecessor, .oneID]])
    func `a CA that revokes the predecessor says so and does so`(mischief: Set<Mischief>) async throws {
        let ca = MockCA(now: time.now)
        #expect(ca.provider.predecessor == .stays)
        ca.mischief = mischief
        #expect(ca.provider.predecessor == .revoked(after: .zero))
        let first = try await ca.provider.obtain(try Wish("www.example.org"))
        let order = try await ca.provider.reissue(first, with: try Wish("www.example.org").request)
        #expect(try await ca.provider.collect(order).state == .valid)
        let request = RevocationRequest(
            certificate: first.certificate, serialNumber: first.serialNumber, reason: .superseded, comments: "replaced")
        #expect(try await ca.provider.revoke(request) == .alreadyRevoked)
    }

    @Test func `a predecessor that the CA never issued is refused`() async throws {
        let ca = MockCA()
        var stranger = try await ca.provider.obtain(try Wish("www.example.org"))
        stranger.serialNumber = SerialNumber("0102")
        let request = try Wish("www.example.org").request
        let renewal = await failure(of: { () throws(ProviderError) in
            try await ca.provider.renew(stranger, with: request)
        })
        let reissue = await failure(of: { () throws(ProviderError) in
            try await ca.provider.reissue(stranger, with: request)
        })
        #expect(renewal?.disposition == .rejected && reissue?.disposition == .rejected)
        #expect(ca.placedOrders.count == 1)
    }
}
