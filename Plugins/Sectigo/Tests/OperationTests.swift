// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

@testable import SectigoProvider

/// Each operation that changes something, answered by each status, with bodies that are none of SCM's.
struct OperationTests {
    enum Operation: String, CaseIterable, Sendable { case enroll, renewById, replace, revoke, decline }

    private static let former = Predecessor(
        order: OrderReference("7"), certificate: CertificateReference("7"), serialNumber: SerialNumber("ab"),
        leaf: CertificateChain(certificates: []))
    private static let request = OrderRequest(
        key: OrderKey("pca-1"), signingRequest: CertificateSigningRequest(der: Data([0x30])),
        commonName: "a.example.com", alternativeNames: [.dnsName("a.example.com")], profile: ProfileID("501"),
        organization: OrganizationID("100"), term: 199, reason: "lost key")

    private func run(_ operation: Operation, at scm: OtherSCM, _ settings: [String: String] = [:]) async throws {
        let provider = try scm.provider(["user": "api", "customer-uri": "acme"].merging(settings) { $1 })
        switch operation {
        case .enroll: _ = try await provider.place(Self.request)
        case .renewById: _ = try await provider.renew(Self.former, with: Self.request)
        case .replace: _ = try await provider.reissue(Self.former, with: Self.request)
        case .decline: _ = try await provider.cancel(OrderReference("7"), comments: "not needed")
        case .revoke:
            _ = try await provider.revoke(
                RevocationRequest(
                    certificate: CertificateReference("7"), serialNumber: SerialNumber("ab"), reason: .superseded,
                    comments: "moved"))
        }
    }

    private func disposition(
        _ operation: Operation, _ status: Int, _ body: String
    ) async -> ProviderError.Disposition? {
        let scm = OtherSCM { question in
            guard question.method == "POST" else { return .json(#"{"status":"Issued","serialNumber":"AB"}"#) }
            return question.path.contains(operation.rawValue) ? .json(body, status: status) : nil
        }
        do {
            try await run(operation, at: scm)
            return nil
        } catch {
            return (error as? ProviderError)?.disposition
        }
    }

    private static let doubt = ProviderError.Disposition.ambiguous(settle: SectigoProvider.settleTime)

    @Test(
        arguments: Operation.allCases,
        [
            (400, .rejected), (401, .account), (403, .rejected), (404, .rejected), (405, .rejected), (415, .rejected),
            (429, .transient(retryAfter: nil)), (500, doubt), (502, doubt), (503, doubt),
            (504, .ambiguous(settle: .seconds(900))),
        ] as [(Int, ProviderError.Disposition)])
    func `a status speaks for itself where the body says nothing`(
        _ operation: Operation, _ expected: (status: Int, disposition: ProviderError.Disposition)
    ) async {
        for body in ["", "Bad Request", "<html>502 Bad Gateway</html>", "[]", "null"] {
            #expect(await disposition(operation, expected.status, body) == expected.disposition, "\(body)")
        }
    }

    @Test(
        arguments: Operation.allCases,
        [
            (-1, doubt), (-16, .account), (-109, .transient(retryAfter: nil)), (-129, doubt), (-1400, doubt),
            (-993, .transient(retryAfter: .seconds(3600))), (-3, .rejected), (-62, .rejected), (-1002, .rejected),
        ] as [(Int, ProviderError.Disposition)])
    func `SCM's number speaks for every operation alike`(
        _ operation: Operation, _ expected: (code: Int, disposition: ProviderError.Disposition)
    ) async {
        let body = #"{"code":\#(expected.code),"description":"SCM's words"}"#
        #expect(await disposition(operation, 400, body) == expected.disposition)
    }

    @Test(arguments: [Operation.enroll, .renewById, .replace], ["cname", "HTTPS", nil])
    func `what is bought says how to validate, where that is set`(_ operation: Operation, _ mode: String?) async throws
    {
        let scm = OtherSCM { question in
            .json(question.method == "POST" ? #"{"sslId":8}"# : #"{"status":"Issued","serialNumber":"AB"}"#)
        }
        try await run(operation, at: scm, mode.map { ["dcv-mode": $0] } ?? [:])
        let sent = try #require(scm.questions.last).body
        #expect(sent.contains("dcvMode") == (mode != nil))
        #expect(mode.map { sent.contains(#""dcvMode":"\#($0.uppercased())""#) } ?? true)
    }

    @Test(arguments: ["EMAIL", "", "dns"])
    func `a way to validate that is not offered is refused`(_ mode: String) async {
        let scm = OtherSCM { _ in nil }
        await #expect(throws: SettingError.self) { try await run(.enroll, at: scm, ["dcv-mode": mode]) }
        #expect(scm.questions.isEmpty)
    }

    @Test(arguments: [Operation.replace, .revoke, .decline], [200, 201, 204])
    func `any success is one, with or without a body`(_ operation: Operation, _ status: Int) async {
        for body in status == 204 ? [""] : ["", "{}", "null"] {
            #expect(await disposition(operation, status, body) == nil)
        }
    }

    @Test(arguments: [Operation.enroll, .renewById], [200, 201, 202])
    func `any success with a number is one, and without it the order is looked for`(
        _ operation: Operation, _ status: Int
    ) async {
        for body in [#"{"sslId": 8, "renewId": "a"}"#, #"{"sslId": "8"}"#] {
            #expect(await disposition(operation, status, body) == nil)
        }
        for body in ["", "{}", #""ok""#] { #expect(await disposition(operation, status, body) == Self.doubt) }
        #expect(await disposition(operation, 204, "") == Self.doubt)
    }
}
