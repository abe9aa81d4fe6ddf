// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA
import Testing

@testable import SectigoProvider

/// Details of an order in the forms in which servers write them.
struct DetailsTests {
    private func snapshot(_ json: String) async throws -> OrderSnapshot {
        try await OtherSCM { $0.path == "ssl/v1/7" ? .json(json) : nil }.provider().order(OrderReference("7"))
    }

    @Test func `numbers may be texts, texts numbers, and what is optional null or odd`() async throws {
        let snapshot = try await snapshot(
            """
            {"commonName":"Shop.example.com","id":"7","orgId":"100","status":"ISSUED","certType":{"id":"501","name":null,
             "terms":"199"},"term":"199","comments":1234,"externalRequester":"a@example.org, b@example.org;c@example.org",
             "requested":"5/21/2026","renewed":"true","serialNumber":null,"keyType":null,"keyAlgorithm":"RSA",
             "keySize":2048,"subjectAlternativeNames":null,"reasonCode":{},"customFields":[{"name":"Cost","value":null},
             {"name":"Unit","value":5},{"value":"nameless"}],"certificateDetails":{"subjectAltNames":
             "dNSName=shop.example.com, dNSName=www.example.com, iPAddress=192.0.2.1, rfc822Name=a@b.example"},"new":[1]}
            """)
        let details = try #require(snapshot.details)
        #expect(snapshot.state == .issued(CertificateReference("7")))
        #expect(details.commonName == "shop.example.com" && details.term == 199 && details.isRenewed == true)
        #expect(details.alternativeNames.map(\.text) == ["shop.example.com", "www.example.com", "192.0.2.1"])
        #expect(details.profile?.rawValue == "501" && details.organization?.rawValue == "100")
        #expect(details.requesterEmails == ["a@example.org", "b@example.org", "c@example.org"])
        #expect(details.fields == ["Unit": "5"] && details.comments == "1234")
        #expect(details.keyAlgorithm == .rsa2048)
        #expect(details.placedAt?.timeIntervalSince1970 == 1_779_321_600)
    }

    @Test func `a part that is not what it should be costs no more than itself`() async throws {
        let details = try await snapshot(
            #"""
            {"status":"Issued","term":199,"certType":501,"customFields":{},"certificateDetails":"none","orgId":[1],
             "requested":"in spring"}
            """#
        ).details
        #expect(details?.term == 199 && details?.profile == nil && details?.organization == nil)
        #expect(details?.placedAt == nil)
    }

    @Test func `empty texts, nulls and what is left out say nothing`() async throws {
        let empty = try await snapshot(
            #"""
            {"status":"Applied","serialNumber":"","approved":"","declined":"","comments":"","externalRequester":"",
             "certType":{"id":224,"name":"Multi","terms":[365]},"term":365,"subjectAlternativeNames":[]}
            """#)
        #expect(empty.state == .processing && empty.details?.profile == ProfileID("224"))
        let null = try await snapshot(
            #"""
            {"status":"Requested","serialNumber":null,"comments":null,"externalRequester":null,"certType":null,
             "customFields":[{"name":"Cost centre","value":null}],"term":null,"renewed":null,"orgId":null,
             "revoked":null}
            """#)
        #expect(null.state == .awaitingApproval && null.details?.fields == [:] && null.details?.isRenewed == nil)
        let bare = try await snapshot(#"{"status":"Enrolled - Pending Download"}"#)
        #expect(bare.state == .issued(CertificateReference("7")) && bare.details?.alternativeNames == [])
    }

    @Test func `a request that is approved waits for nobody`() async throws {
        #expect(try await snapshot(#"{"status":"Requested","approved":""}"#).state == .awaitingApproval)
        #expect(try await snapshot(#"{"status":"Requested","approved":"05/21/2026"}"#).state == .processing)
    }

    @Test(arguments: ["", #"{"code":-1601,"description":"invalid"}"#, "Bad Request"])
    func `days are asked for in one style, and without where that is refused`(_ refusal: String) async throws {
        let scm = OtherSCM { question in
            question.query["dateFormat"] == nil
                ? .json(#"{"status":"Issued","requested":"05/21/2026"}"#) : .json(refusal, status: 400)
        }
        let order = try await scm.provider().order(OrderReference("7"))
        #expect(order.details?.placedAt?.timeIntervalSince1970 == 1_779_321_600)
        #expect(scm.questions.map { $0.query["dateFormat"] } == ["ISO", nil])
    }

    @Test(arguments: [#"400 {"code":-124}"#, #"400 {"code":-3}"#, "404 ", "401 ", "500 "])
    func `another refusal is one, whatever style is asked for`(_ answer: String) async throws {
        let scm = OtherSCM { _ in .json(String(answer.dropFirst(4)), status: Int(answer.prefix(3)) ?? 0) }
        await #expect(throws: ProviderError.self) { try await scm.provider().order(OrderReference("7")) }
        #expect(scm.questions.count == 1)
    }

    @Test func `a status alone is enough`() async throws {
        #expect(try await snapshot(#"{"status":"Applied"}"#).state == .processing)
    }

    @Test func `an answer without a status is none`() async throws {
        let error = await #expect(throws: ProviderError.self) { try await snapshot(#"{"sslId":7}"#) }
        #expect(error?.disposition == .transient(retryAfter: nil))
    }

    @Test(arguments: [
        #"["a.example.com","b.example.com"]"#, #""a.example.com,b.example.com""#, #""a.example.com; b.example.com""#,
        #""DNS:a.example.com, DNS:B.example.com.""#,
    ])
    func `names are read from a list and from a text`(_ json: String) async throws {
        let details = try await snapshot(#"{"status":"Issued","subjectAlternativeNames":\#(json)}"#).details
        #expect(details?.alternativeNames.map(\.text) == ["a.example.com", "b.example.com"])
    }

    @Test(arguments: [
        "400 ", "400 Being processed by Sectigo", #"400 {"code":"-183"}"#, #"400 {"code":0}"#, #"400 {"code":-1400}"#,
        "200 ", "204 ",
    ])
    func `every way of saying not yet is heard`(_ answer: String) async throws {
        let scm = OtherSCM { question in
            question.path == "ssl/v1/7"
                ? .json(#"{"status":"Issued"}"#)
                : .json(String(answer.dropFirst(4)), status: Int(answer.prefix(3)) ?? 0)
        }
        let error = await #expect(throws: ProviderError.self) {
            try await scm.provider().certificate(CertificateReference("7"))
        }
        #expect(error?.disposition == .transient(retryAfter: .seconds(10)))
    }

    @Test func `a wrong number is no pending certificate`() async throws {
        let scm = OtherSCM { question in
            question.path == "ssl/v1/7"
                ? .json(#"{"status":"Issued"}"#) : .json(#"{"code":-124,"description":"Wrong id"}"#, status: 400)
        }
        let error = await #expect(throws: ProviderError.self) {
            try await scm.provider().certificate(CertificateReference("7"))
        }
        #expect(error?.disposition == .notFound)
    }

    @Test(arguments: [#"400 {"code":-110}"#, "404 ", "400 ", #"400 {"code":-183}"#])
    func `a certificate that was revoked is shown without its chain where that is gone`(_ answer: String) async throws {
        let scm = OtherSCM { question in
            question.path == "ssl/v1/7"
                ? .json(
                    #"{"status":"Revoked","revoked":"05/21/2026","reasonCode":"superseded","serialNumber":"00:AB"}"#)
                : .json(String(answer.dropFirst(4)), status: Int(answer.prefix(3)) ?? 0)
        }
        let snapshot = try await scm.provider().certificate(CertificateReference("7"))
        #expect(snapshot.chain == nil && snapshot.serialNumber == SerialNumber("ab"))
        #expect(
            snapshot.state
                == .revoked(Revocation(at: Date(timeIntervalSince1970: 1_779_321_600), reason: .superseded)))
    }
}
