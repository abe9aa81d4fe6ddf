// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import PublicCATesting
import Testing

/// What the CA really answered, kept in `Exchanges`, and what the provider makes of it.
@Suite struct RecordedExchangesTests {
    @Test func `an order that waits for its domain shows what to prove`() async throws {
        let replay = ReplayTransport(try Exchange.list(in: "orders.json"))
        let order = try await ProviderFixture.account(at: replay).order(OrderReference("o-4711"))
        #expect(order.state == .awaitingValidation && order.wording == "dcv" && order.checkAfter == .seconds(300))
        #expect(order.key == OrderKey("k-1") && order.details?.term == 100)
        #expect(order.validations.map(\.place) == ["_template.www.example.org"])
        #expect(replay.refused.isEmpty)
    }

    @Test func `an order is sent as it was recorded`() async throws {
        let replay = ReplayTransport(try Exchange.list(in: "orders.json"))
        let request = OrderRequest(
            key: OrderKey("k-1"), signingRequest: CertificateSigningRequest(der: Data([1, 2, 3])),
            commonName: "www.example.org", alternativeNames: [.dnsName("www.example.org")],
            profile: ProfileID("dv"), term: 100, comments: "shop")
        #expect(try await ProviderFixture.account(at: replay).place(request) == OrderReference("o-4711"))
        #expect(replay.refused.isEmpty)
    }

    @Test func `a token without a right restricts what needs it`() async throws {
        let file =
            #"[{"method":"GET","path":"/v1/account","status":200,"headers":{},"body":"{\"rights\":[\"orders\"]}"}]"#
        let replay = ReplayTransport(try Exchange.list(in: Data(file.utf8)))
        let report = try await ProviderFixture.account(at: replay).check()
        #expect(report.restrictions == [Restriction(.revoke, "the token lacks the right \"revocations\"")])
    }

    @Test func `a row that cannot be understood is named, and the others are listed`() async throws {
        let replay = ReplayTransport(try Exchange.list(in: "orders.json"))
        let page = try await ProviderFixture.account(at: replay).orders?.listOrders(in: [], after: nil)
        #expect(page?.items.map(\.order.rawValue) == ["o-4711"])
        #expect(page?.unreadable.map(\.reason) == ["orders.[1].revision is missing"])
    }
}
