// SPDX-License-Identifier: Apache-2.0

import Foundation
import MockProvider
import PublicCA
import PublicCATesting
import Testing
import X509

@Suite struct MischiefTests {
    let time = TestTime()
    let ca: MockCA

    init() { ca = MockCA(now: time.now) }

    func attempt(_ request: OrderRequest) -> OrderAttempt {
        OrderAttempt(request: request, kind: .new, predecessor: nil, notBefore: time.now())
    }

    func place(_ request: OrderRequest) async -> ProviderError? {
        await failure(of: { () throws(ProviderError) in try await ca.provider.place(request) })
    }

    @Test func `an order shows its key, unless that is withheld`() async throws {
        let ca = MockCA(hasExistingOrders: true)
        let wish = try Wish("www.example.org", key: "key-1")
        let order = try await ca.provider.place(wish.request)
        #expect(try await ca.provider.order(order).key == OrderKey("key-1"))
        #expect(try await ca.provider.order(OrderReference("MO-1001")).key == nil)
        ca.mischief = [.keyWithheld]
        #expect(try await ca.provider.order(order).key == nil)
    }

    @Test func `a lost reply leaves one order, which its key finds`() async throws {
        ca.play(.lostReply, times: 1)
        let request = try Wish("www.example.org").request
        #expect(await place(request)?.disposition == .ambiguous(settle: .seconds(2)))
        #expect(ca.placedOrders.count == 1 && ca.calls(.place) == 1)
        #expect(try await ca.provider.locate(attempt(request)) == .found(ca.placedOrders[0]))
        #expect(await place(try Wish("other.example.org").request) == nil)
    }

    @Test func `what is lost before acceptance leaves nothing`() async throws {
        ca.mischief = [.lostBeforeAcceptance]
        let request = try Wish("www.example.org").request
        #expect(await place(request)?.disposition == .ambiguous(settle: .seconds(2)))
        #expect(ca.placedOrders.isEmpty)
        #expect(try await ca.provider.locate(attempt(request)) == .absent)
    }

    @Test func `an order that hangs was accepted, and is let go by cancellation alone`() async throws {
        ca.mischief = [.acceptAndHang]
        let request = try Wish("www.example.org").request
        let provider = ca.provider
        let placing = Task { await failure(of: { () throws(ProviderError) in try await provider.place(request) }) }
        while ca.placedOrders.isEmpty { await Task.yield() }
        placing.cancel()
        #expect(await placing.value?.disposition == .ambiguous(settle: .seconds(2)))
        #expect(ca.placedOrders.count == 1)
    }

    @Test func `late visibility ends with the settle time`() async throws {
        ca.mischief = [.lateVisibility]
        let request = try Wish("www.example.org").request
        let order = try await ca.provider.place(request)
        #expect(try await ca.provider.locate(attempt(request)) == .absent)
        #expect(try await ca.provider.listOrders(in: [], after: nil).items.isEmpty)
        #expect(try await ca.provider.order(order).wording == "issued")
        time.advance(by: ca.provider.settleTime)
        #expect(try await ca.provider.locate(attempt(request)) == .found(order))
        #expect(try await ca.provider.listOrders(in: [], after: nil).items.map(\.order) == [order])
    }

    @Test func `an undecided lookup names all orders for the name`() async throws {
        ca.mischief = [.undecidedLookup]
        let first = try Wish("www.example.org").request
        let orders = [
            try await ca.provider.place(first), try await ca.provider.place(try Wish("www.example.org").request),
        ]
        _ = try await ca.provider.place(try Wish("other.example.org").request)
        #expect(try await ca.provider.locate(attempt(first)) == .undecided(orders))
        #expect(try await ca.provider.locate(attempt(try Wish("none.example.org").request)) == .absent)
    }

    @Test(arguments: [Mischief.wrongKey, .wrongNames, .expiredLeaf])
    func `a flawed certificate differs from what was asked for in one thing`(mischief: Mischief) async throws {
        ca.play(mischief, times: 1)
        let wish = try Wish("www.example.org")
        let order = try await ca.provider.place(wish.request)
        let leaf = try #require(try await ca.provider.collect(order).parsed.first)
        #expect((leaf.publicKey == wish.key.publicKey) == (mischief != .wrongKey))
        let names = try leaf.extensions.subjectAlternativeNames.map { Array($0) }
        #expect((names == [.dnsName("www.example.org")]) == (mischief != .wrongNames))
        #expect((leaf.notValidAfter > time.now()) == (mischief != .expiredLeaf))
        let next = try await ca.provider.collect(try await ca.provider.place(try Wish("b.example.org").request))
        #expect(try #require(try next.parsed.first).notValidAfter > time.now())
    }

    @Test func `chains come upside down and with strays`() async throws {
        let issued = try await ca.provider.obtain(try Wish("www.example.org"))
        let usual = try #require(try await ca.provider.certificate(issued.certificate).chain?.certificates)
        ca.mischief = [.chainUpsideDown]
        #expect(try await ca.provider.certificate(issued.certificate).chain?.certificates == usual.reversed())
        ca.mischief = [.strayRoots]
        let crowd = try #require(try await ca.provider.certificate(issued.certificate).chain?.certificates)
        #expect(crowd.count == 6 && crowd.first != usual.first && Set(crowd).isSuperset(of: usual))
    }

    @Test func `an account is refused, and calls are limited, as often as asked`() async throws {
        let provider = ca.provider
        func check() async -> ProviderError.Disposition? {
            await failure(of: { () throws(ProviderError) in try await provider.check() })?.disposition
        }
        ca.play(.accountRefused, times: 1)
        #expect(await check() == .account)
        #expect(await check() == nil)
        ca.mischief = [.rateLimit]
        for _ in 0..<3 { #expect(await check() == .transient(retryAfter: .seconds(2))) }
        #expect(await check() == nil)
        ca.mischief = [.rateLimit]
        #expect(await check() != nil)
    }

    @Test func `reads fail and words are unknown for a while`() async throws {
        let order = try await ca.provider.place(try Wish("www.example.org").request)
        ca.mischief = [.transientReads, .unknownWords]
        let provider = ca.provider
        for _ in 0..<2 {
            let error = await failure(of: { () throws(ProviderError) in try await provider.order(order) })
            #expect(error?.disposition == .transient(retryAfter: nil))
        }
        for _ in 0..<3 { #expect(try await provider.order(order).state == .unrecognized) }
        #expect(try await provider.order(order).wording == "issued")
    }

    @Test func `a revocation is done though its answer is lost, and its chain is gone`() async throws {
        ca.mischief = [.lostRevocation, .revokedIsGone]
        let issued = try await ca.provider.obtain(try Wish("www.example.org"))
        let request = RevocationRequest(
            certificate: issued.certificate, serialNumber: issued.serialNumber, reason: .superseded, comments: "moved")
        let provider = ca.provider
        let error = await failure(of: { () throws(ProviderError) in try await provider.revoke(request) })
        #expect(error?.disposition == .ambiguous(settle: .seconds(2)))
        let snapshot = try await provider.certificate(issued.certificate)
        #expect(snapshot.wording == "revoked" && snapshot.chain == nil && snapshot.serialNumber == issued.serialNumber)
    }

    @Test func `a refused order and a withdrawal that comes too late`() async throws {
        ca.play(.refusedOrder, times: 1)
        #expect(await place(try Wish("www.example.org").request)?.disposition == .rejected)
        #expect(ca.placedOrders.isEmpty)
        let order = try await ca.provider.place(try Wish("www.example.org", profile: "Mock Approval").request)
        ca.mischief = [.cancelTooLate]
        #expect(try await ca.provider.cancel(order, comments: "not needed") == .tooLate)
        #expect(try await ca.provider.order(order).state == .awaitingApproval)
    }
}
