// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

@testable import SectigoProvider

/// JSON that a parser may stumble over, in every place where an answer is read.
struct OddJSONTests {
    /// An SCM that says the same to everybody, with the least number that there is as the total.
    private func provider(_ body: String, status: Int = 200) throws -> SectigoProvider {
        try OtherSCM { _ in .json(body, status: status, total: .min) }.provider()
    }

    /// Where a parser went down with each level, the stack would end; where each cost more than the last, the test would
    /// not.
    private static func deep(_ open: String, _ close: String) -> String {
        String(repeating: open, count: 100_000) + "1" + String(repeating: close, count: 100_000)
    }

    private static let zeros = String(repeating: "0", count: 400)
    private static let arrays = deep("[", "]")
    private static let objects = deep(#"{"a":"#, "}")

    private static let bodies: [String: String] = [
        "arrays": arrays, "objects": objects, "unclosed": String(repeating: "[", count: 3_000_000),
        "an unread member": #"{"sslId":1,"status":"Issued","x":\#(arrays)}"#,
        "a member of a row": #"[{"sslId":1,"id":1,"name":"a","x":\#(objects)}]"#,
        "a failure": #"{"code":-7,"description":"no","details":\#(arrays)}"#,
        "half a character": #"{"sslId":1,"id":1,"status":"\ud800","description":"\udc00 \ud83d","code":-7}"#,
        "a row with half a character": #"[{"sslId":1,"id":1,"name":"\ud800","commonName":"\udfff"}]"#,
        "numbers without end": #"{"sslId":1e999999,"id":1e999999,"code":-1e999999,"status":"Issued"}"#,
        "many digits": #"[{"sslId":1\#(zeros),"id":-1\#(zeros)}]"#,
        "keys twice": #"{"status":"Issued","status":"Revoked","code":-7,"code":-16,"comments":"a","comments":"b"}"#,
        "nothing in names": #"[{"id":1,"sslId":1,"name":"a\u0000b","commonName":"\u0000","terms":[1]}]"#,
        "numbers for texts": #"{"status":7,"comments":7,"code":"-7","description":7,"state":7,"expirationDate":7}"#,
        "rows of all kinds": #"[null,1,"x",[],{},{"sslId":"1"},{"sslId":null},true,{"id":0.5,"name":false}]"#,
        "least numbers": #"[{"sslId":-9223372036854775808,"id":-9223372036854775808,"name":"a","terms":[-1]}]"#,
        "nothing": "null", "a text": "\"x\"", "a number": "7", "a byte order mark": "\u{feff}[]",
    ]

    @Test(arguments: bodies.keys.sorted(), [200, 400])
    func `odd JSON is an error or a value, and no crash`(_ name: String, _ status: Int) async throws {
        let provider = try provider(try #require(Self.bodies[name]), status: status)
        let asks: [() async throws -> Void] = [
            { _ = try await provider.check() }, { _ = try await provider.profiles() },
            { _ = try await provider.organizations?.listOrganizations(after: nil) },
            { _ = try await provider.domains?.listDomains(after: nil) },
            { _ = try await provider.orders?.listOrders(in: ["Issued"], after: PageCursor("0:200:9")) },
            { _ = try await provider.order(OrderReference("1")) },
            { _ = try await provider.certificate(CertificateReference("1")) },
            { _ = try await provider.cancelling?.cancel(OrderReference("1"), comments: "") },
        ]
        for ask in asks {
            do { try await ask() } catch let error as ProviderError {
                #expect(error.description.utf8.count < 2000 && !error.description.contains("\n"))
            }
        }
    }

    @Test func `what is beside the point may be odd`() async throws {
        let odd = #"""
            {"status": "Issued", "commonName": "a.example.com", "orgId": "x", "certType": 7, "term": [199], "keyType": 1,
             "externalRequester": {}, "reasonCode": [], "revoked": 5, "customFields": [{"name": 1}], "serialNumber": null,
             "subjectAlternativeNames": null, "extra": {"a": [1e999999]}}
            """#
        let order = try await provider(odd).order(OrderReference("1"))
        #expect(order.wording == "Issued" && order.details?.commonName == "a.example.com")
        #expect(order.details?.term == nil && order.details?.profile == nil)
    }

    /// Taken for none, each of these would buy again.
    @Test(arguments: [#""comments": {}"#, #""renewed": "yes""#, #""serialNumber": [7]"#, #""replaced": {}"#])
    func `what a lookup goes by may not`(_ member: String) async throws {
        let provider = try provider(#"{"status": "Issued", \#(member)}"#)
        await #expect(throws: ProviderError.self) { try await provider.order(OrderReference("1")) }
    }

    @Test(arguments: [
        #"{"code":"-16","description":"Unknown user"}"#, #"{"code":-16,"description":7}"#, #"{"code":-16.0}"#,
        #"{"code":-16,"description":"Unknown user","items":[[[]]]}"#,
    ])
    func `a failure is understood by what can be read of it`(_ body: String) async throws {
        let provider = try provider(body, status: 400)
        let error = await #expect(throws: ProviderError.self) { try await provider.check() }
        #expect(error?.disposition == .account)
        #expect(error?.summary.contains("this user with this password") == true)
    }
}
