// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

@testable import SectigoProvider

/// What is sent, to servers that are particular about it.
struct WritingTests {
    private static let request = OrderRequest(
        key: OrderKey("pca-1"), signingRequest: CertificateSigningRequest(der: Data([0x30])),
        commonName: "a.example.com", alternativeNames: [.dnsName("a.example.com"), .dnsName("b.example.com")],
        profile: ProfileID("501"), organization: OrganizationID("100"), term: 199, comments: "shop",
        fields: ["Cost": "7", "Empty": ""])

    private static func revocation(_ serial: String) -> RevocationRequest {
        RevocationRequest(
            certificate: CertificateReference("7"), serialNumber: SerialNumber(serial), reason: .superseded,
            comments: "moved")
    }

    @Test(arguments: [#"{"sslId":55,"renewId":"x"}"#, #"{"sslId":"55"}"#])
    func `an order goes out in SCM's form, and its number comes back`(_ answer: String) async throws {
        let scm = OtherSCM { $0.path == "ssl/v1/enroll" ? .json(answer, status: 201) : nil }
        #expect(try await scm.provider().place(Self.request) == OrderReference("55"))
        let sent = try #require(scm.questions.first).body
        #expect(sent.contains(#""subjAltNames":"b.example.com""#))
        #expect(sent.contains(#""comments":"shop [order key pca-1]""#))
        #expect(sent.contains(#""customFields":[{"name":"Cost","value":"7"}]"#))
        #expect(sent.contains(#""certType":501"#) && sent.contains(#""orgId":100"#) && sent.contains(#""term":199"#))
    }

    @Test func `a renewal sends the signing request alone, and its own number comes back`() async throws {
        let scm = OtherSCM { question in
            question.method == "POST" ? .json(#"{"sslId":9}"#) : .json(#"{"status":"Issued"}"#)
        }
        let former = Predecessor(
            order: OrderReference("7"), certificate: CertificateReference("7"), serialNumber: SerialNumber("ab"),
            leaf: CertificateChain(certificates: []))
        #expect(try await scm.provider().renew(former, with: Self.request) == OrderReference("9"))
        let sent = try #require(scm.questions.last)
        #expect(sent.path == "ssl/v1/renewById/7" && sent.body.hasPrefix(#"{"csr":"-----BEGIN"#))
        #expect(!sent.body.contains(","))
    }

    @Test(arguments: [
        ("0A:1B", "0A:1B", "0A:1B"), ("ab", "00:AB", "00:AB"), ("0a1b", "0A1B", "0A1B"), ("0a1b", "a1b", "a1b"),
    ])
    func `a revocation names the serial number as the server writes it`(
        _ ours: String, _ theirs: String, _ sent: String
    ) async throws {
        let scm = OtherSCM { question in
            switch question.path {
            case "ssl/v1/7": .json(#"{"status":"Issued","serialNumber":"\#(theirs)"}"#)
            case "ssl/v1/revoke/serial/\(theirs)": .json("", status: 204)
            default: nil
            }
        }
        #expect(try await scm.provider().revoke(Self.revocation(ours)) == .revoked)
        #expect(scm.questions.last?.path == "ssl/v1/revoke/serial/\(sent)")
        #expect(scm.questions.last?.body == #"{"reason":"moved","reasonCode":4}"#)
    }

    @Test(arguments: [
        ("CC", "AB"), ("cc0a", "ab"), ("c:c", "ab"), ("a1b", "ab"), ("00:CC", "00:AB"), ("00cc", "00ab"),
        ("000C", "00AB"),
    ])
    func `what was replaced is named by its own number, in its successor's writing`(
        _ theirs: String, _ ours: String
    ) async throws {
        let scm = OtherSCM { question in
            switch question.path {
            case "ssl/v1/7": .json(#"{"status":"Issued","serialNumber":"\#(theirs)"}"#)
            case "ssl/v1/revoke/serial/\(ours)": .json("", status: 204)
            default: nil
            }
        }
        #expect(try await scm.provider().revoke(Self.revocation("ab")) == .revoked)
        #expect(
            scm.questions.filter { $0.method == "POST" }.allSatisfy {
                $0.path.hasSuffix(ours) || $0.path.hasSuffix("AB")
            })
    }

    @Test func `a successor under the same number is not taken for the certificate that is revoked`() async throws {
        for theirs in ["CC", "CC:DD", "ccdd", ""] {
            let scm = OtherSCM { question in
                question.path == "ssl/v1/7" ? .json(#"{"status":"Issued","serialNumber":"\#(theirs)"}"#) : nil
            }
            let error = await #expect(throws: ProviderError.self) {
                try await scm.provider().revoke(Self.revocation("0bcd"))
            }
            #expect(error?.disposition == .rejected)
            let sent = scm.questions.filter { $0.method == "POST" }.compactMap { $0.path.split(separator: "/").last }
            #expect(Set(sent.map { SerialNumber(String($0)) }) == [SerialNumber("0bcd")] && sent.count <= 2)
        }
    }

    @Test(
        arguments: [
            #"{"code":-1002,"description":"Cannot parse message body"}"#, #"{"code":-1601}"#, #"{"code":-7}"#, "",
            "odd",
        ], ["4", #""4""#, #""superseded""#])
    func `a reason that is not understood is written in the other ways`(
        _ refusal: String, _ form: String
    ) async throws {
        for login in [false, true] {
            let scm = OtherSCM { question in
                if question.path.hasSuffix("token") { return .json(#"{"access_token":"t","expires_in":300}"#) }
                return question.body.contains(#""reasonCode":\#(form)}"#)
                    ? .json("", status: 204) : .json(refusal, status: 400)
            }
            let provider = login ? try scm.providerWithKey() : try scm.provider()
            #expect(try await provider.revoke(Self.revocation("ab")) == .revoked)
            #expect(scm.questions.filter { $0.path.contains("revoke") }.first?.body.hasSuffix(":4}") == true)
        }
    }

    @Test(arguments: [(#"{"code":-1601}"#, 3), (#"{"code":-102}"#, 1), (#"{"code":-3}"#, 1)])
    func `a revocation that is refused in every form ends, and other refusals end at once`(
        _ refusal: String, _ calls: Int
    ) async throws {
        let scm = OtherSCM { _ in .json(refusal, status: 400) }
        let error = await #expect(throws: ProviderError.self) {
            try await scm.provider().revoke(Self.revocation("ab"))
        }
        #expect(error?.disposition == .rejected && scm.questions.count == calls)
    }

    @Test func `texts are cut as Java counts them, and between characters`() async throws {
        let scm = OtherSCM { _ in .json("", status: 204) }
        let pictures = "x" + String(repeating: "🔑", count: 300)
        _ = try await scm.provider().cancel(OrderReference("7"), comments: pictures)
        #expect(scm.questions.last?.body.contains("\"x\(String(repeating: "🔑", count: 255))\"") == true)
        #expect("abc".cut(to: 3) == "abc" && "abc".cut(to: 2) == "ab" && "🔑".cut(to: 1) == "")
    }

    @Test func `what was revoked before is told apart`() async throws {
        let scm = OtherSCM { _ in .json(#"{"code":"-159","description":"Already revoked"}"#, status: 400) }
        #expect(try await scm.provider().revoke(Self.revocation("ab")) == .alreadyRevoked)
    }

    @Test func `a request that has gone too far is not withdrawn`() async throws {
        let scm = OtherSCM { _ in .json(#"{"code":-1112,"description":"wrong state"}"#, status: 400) }
        #expect(try await scm.provider().cancel(OrderReference("7"), comments: "no") == .tooLate)
    }
}
