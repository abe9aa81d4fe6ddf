// SPDX-License-Identifier: Apache-2.0

import Foundation
import MockProvider
import PublicCA
import PublicCATesting
import Testing
import X509

@Suite struct MockProviderTests {
    let time = TestTime()

    @Test func `every profile is offered with its terms and all six keys`() async throws {
        let profiles = try await MockCA().provider.profiles()
        #expect(
            profiles.map(\.name) == [
                "Mock DV", "Mock OV", "Mock EV", "Mock Approval", "Mock Rejected", "Mock Endless", "Mock Odd",
                "Mock Finalizing",
            ])
        #expect(profiles.allSatisfy { $0.terms == [47, 100, 199] && $0.keyAlgorithms?.count == 6 })
        #expect(profiles.allSatisfy { $0.limits == OrderLimits(names: 100, comments: 1024, requesterEmails: 512) })
    }

    @Test func `every capability is offered`() {
        #expect(MockCA().provider.capabilities == Set(Capability.allCases))
        #expect(ProviderPlugin.mock.capabilities == Set(Capability.allCases))
    }

    @Test(arguments: [("Mock DV", 0), ("Mock OV", 3), ("Mock EV", 1), ("Mock Odd", 3)])
    func `an order is issued after as many polls as its profile says`(profile: String, polls: Int) async throws {
        let provider = MockCA(now: time.now).provider
        let wish = try Wish("www.example.org", profile: profile, fields: ["registrationNumber": "1"])
        let order = try await provider.place(wish.request)
        for _ in 0..<polls {
            let snapshot = try await provider.order(order)
            #expect(snapshot.state == (profile == "Mock Odd" ? .unrecognized : .processing))
            #expect(!snapshot.wording.isEmpty)
        }
        guard case .issued = try await provider.order(order).state else {
            Issue.record("not issued")
            return
        }
    }

    @Test func `an order waits until it is approved, and one that is refused is rejected`() async throws {
        let ca = MockCA()
        let first = try await ca.provider.place(try Wish("a.example.org", profile: "Mock Approval").request)
        let second = try await ca.provider.place(try Wish("b.example.org", profile: "Mock Approval").request)
        #expect(try await ca.provider.order(first).state == .awaitingApproval)
        ca.approve(first)
        ca.refuse(second)
        #expect(try await ca.provider.collect(first).state == .valid)
        #expect(try await ca.provider.order(second).state == .rejected)
    }

    @Test func `some are rejected and some never end`() async throws {
        let provider = MockCA().provider
        let rejected = try await provider.place(try Wish("a.example.org", profile: "Mock Rejected").request)
        let endless = try await provider.place(try Wish("b.example.org", profile: "Mock Endless").request)
        #expect(try await provider.order(rejected).state == .rejected)
        for _ in 0..<20 { #expect(try await provider.order(endless).state == .processing) }
    }

    @Test func `finalizing wants validation, then the signing request, then issues`() async throws {
        let provider = MockCA().provider
        let wish = try Wish("www.example.org", profile: "Mock Finalizing")
        let order = try await provider.place(wish.request)
        let waiting = try await provider.order(order)
        #expect(waiting.state == .awaitingValidation && waiting.validations.first?.domain == "www.example.org")
        #expect(try await provider.order(order).state == .readyToFinalize)
        try await provider.finalize(order, with: wish.request.signingRequest)
        let leaf = try #require(try await provider.collect(order).parsed.first)
        #expect(leaf.publicKey == wish.key.publicKey)
    }

    @Test func `latency is a matter of date, not of waiting`() async throws {
        let provider = MockCA(now: time.now, latency: .seconds(90)).provider
        let order = try await provider.place(try Wish("www.example.org").request)
        time.advance(by: .seconds(60))
        let early = try await provider.order(order)
        #expect(early.state == .processing && early.checkAfter == .seconds(30))
        time.advance(by: .seconds(30))
        #expect(try await provider.collect(order).state == .valid)
    }

    @Test func `what the CA cannot take is refused with all reasons`() async throws {
        let ca = MockCA()
        var wish = try Wish("www.example.org", profile: "Mock EV", term: 365).request
        wish.comments = String(repeating: "x", count: 1025)
        wish.organization = OrganizationID("999")
        let refusal = await failure(of: { () throws(ProviderError) in try await ca.provider.place(wish) })
        #expect(refusal?.disposition == .rejected)
        for reason in ["365", "1025", "999", "registrationNumber"] {
            #expect(refusal?.summary.contains(reason) == true, "\(reason) is named")
        }
        #expect(ca.placedOrders.isEmpty)
    }

    @Test func `an order is withdrawn while it is pending, and never after`() async throws {
        let provider = MockCA().provider
        let pending = try await provider.place(try Wish("a.example.org", profile: "Mock Approval").request)
        #expect(try await provider.cancel(pending, comments: "not needed") == .cancelled)
        #expect(try await provider.cancel(pending, comments: "not needed") == .cancelled)
        #expect(try await provider.order(pending).state == .cancelled)
        let issued = try await provider.obtain(try Wish("b.example.org")).order
        #expect(try await provider.cancel(issued, comments: "not needed") == .tooLate)
    }

    @Test func `a revocation shows, and the second finds it done`() async throws {
        let provider = MockCA(now: time.now).provider
        let issued = try await provider.obtain(try Wish("www.example.org"))
        let request = RevocationRequest(
            certificate: issued.certificate, serialNumber: issued.serialNumber, reason: .keyCompromise, comments: "lost"
        )
        #expect(try await provider.revoke(request) == .revoked)
        #expect(try await provider.revoke(request) == .alreadyRevoked)
        let snapshot = try await provider.certificate(issued.certificate)
        #expect(snapshot.state == .revoked(Revocation(at: time.now(), reason: .keyCompromise)))
    }
}
