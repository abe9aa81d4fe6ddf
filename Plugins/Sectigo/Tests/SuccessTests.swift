// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import PublicCA
import PublicCATesting
import Testing

/// What differs between the manuals in what is sent, and in how it is answered.
struct SuccessTests {
    private static let chain = CertificateChain(certificates: [])
    private static let predecessor = Predecessor(
        order: OrderReference("7"), certificate: CertificateReference("7"), serialNumber: SerialNumber("0a0b"),
        leaf: chain)
    private static let request = OrderRequest(
        key: OrderKey("pca-1"), signingRequest: PaperMaterial.signingRequest(commonName: "shop.example.com"),
        commonName: "shop.example.com", alternativeNames: [.dnsName("shop.example.com")], profile: ProfileID("501"),
        organization: OrganizationID("100"), term: 199, reason: "new key")

    private func replay(_ exchanges: Exchange...) throws -> any PublicCAProvider {
        try Replayed.open(over: ReplayTransport(exchanges))
    }

    @Test(arguments: [200, 201, 202])
    func `every success of an enrolment or a renewal is one`(_ status: Int) async throws {
        let account = try replay(
            .with(.post, "/api/ssl/v1/enroll", status: status, #"{"sslId": 8, "renewId": "a"}"#),
            .with(.get, "/api/ssl/v1/7?dateFormat=ISO", #"{"id": 7, "status": "Issued"}"#),
            .with(.post, "/api/ssl/v1/renewById/7", status: status, #"{"sslId": 9}"#))
        #expect(try await account.place(Self.request) == OrderReference("8"))
        #expect(try await account.renewing?.renew(Self.predecessor, with: Self.request) == OrderReference("9"))
    }

    @Test func `a renewal that is taken without a word is in doubt, and never refused`() async throws {
        let account = try replay(
            .with(.get, "/api/ssl/v1/7?dateFormat=ISO", #"{"id": 7, "status": "Issued"}"#),
            .with(.post, "/api/ssl/v1/renewById/7", status: 204, ""))
        let renewing = try #require(account.renewing)
        await #expect {
            try await renewing.renew(Self.predecessor, with: Self.request)
        } throws: { error in
            if case .ambiguous = (error as? ProviderError)?.disposition { true } else { false }
        }
    }

    @Test(arguments: [(200, ""), (200, "{}"), (204, ""), (201, "{}")])
    func `every success of a replacement or a revocation is one`(_ status: Int, _ answer: String) async throws {
        let account = try replay(
            .with(.get, "/api/ssl/v1/7?dateFormat=ISO", #"{"id": 7, "status": "Issued", "serialNumber": null}"#),
            .with(.post, "/api/ssl/v1/replace/7", status: status, answer),
            .with(.post, "/api/ssl/v1/revoke/serial/0A:0B", status: status, answer))
        #expect(try await account.reissuing?.reissue(Self.predecessor, with: Self.request) == OrderReference("7"))
        #expect(try await account.revoke(Self.revocation) == .revoked)
    }

    private static let revocation = RevocationRequest(
        certificate: CertificateReference("7"), serialNumber: SerialNumber("0a0b"), leaf: chain, reason: .superseded,
        comments: "moved")
}
