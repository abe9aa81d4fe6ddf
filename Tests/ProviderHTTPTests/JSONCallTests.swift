// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA
import PublicCATesting
import Synchronization
import Testing

@Suite struct JSONCallTests {
    struct Answer: Codable, Equatable { var id: Int }

    /// Answers everything in one way, and remembers what was asked.
    final class Wire: HTTPTransport {
        let outcome: Result<HTTPReply, TransportError>
        private let requests = Mutex<[(HTTPRequest, Data?)]>([])

        var first: (HTTPRequest, Data?)? { requests.withLock(\.first) }

        init(_ outcome: Result<HTTPReply, TransportError>) { self.outcome = outcome }
        convenience init(_ status: HTTPResponse.Status, _ body: String, headers: HTTPFields = [:]) {
            self.init(
                .success(
                    HTTPReply(response: HTTPResponse(status: status, headerFields: headers), body: Data(body.utf8))))
        }

        func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
            requests.withLock { $0.append((request, body)) }
            return try outcome.get()
        }
    }

    func endpoint(_ wire: Wire, address: String = "https://ca.example:8443/api/") throws -> JSONEndpoint {
        try JSONEndpoint(
            address: address,
            context: ProviderContext(
                settings: ProviderSettings(), transport: wire, memory: TestMemory(), now: TestTime().now),
            headers: [.authorization: "Bearer token-77"], secrets: [Secret("token-77")], settle: .seconds(60))
    }

    func failure(_ wire: Wire, _ method: HTTPRequest.Method = .get) async throws -> ProviderError? {
        let endpoint = try endpoint(wire)
        do throws(ProviderError) {
            _ = try await JSONCall(method, ["orders"], "trying").send(to: endpoint, for: Answer.self)
            return nil
        } catch { return error }
    }

    @Test func `path, query, headers and body are sent as they should be`() async throws {
        let wire = Wire(.ok, #"{"id":7}"#)
        let call = try JSONCall(.post, ["orders", "a/b c", ".."], "placing", query: [("q", "ä&b"), ("n", "1")])
            .with(body: Answer(id: 3))
        #expect(try await call.send(to: try endpoint(wire), for: Answer.self) == Answer(id: 7))
        let (request, body) = try #require(wire.first)
        #expect(request.authority == "ca.example:8443" && request.scheme == "https" && request.method == .post)
        #expect(request.path == "/api/orders/a%2Fb%20c/%2E%2E?q=%C3%A4%26b&n=1")
        #expect(request.headerFields[.contentType] == "application/json")
        #expect(request.headerFields[.authorization] == "Bearer token-77")
        #expect(body == Data(#"{"id":3}"#.utf8))
    }

    @Test func `what is accepted is the call's, else the endpoint's, else JSON`() async throws {
        func accepted(_ headers: HTTPFields, _ own: String?) async throws -> String? {
            let wire = Wire(.ok, "")
            let context = ProviderContext(
                settings: ProviderSettings(), transport: wire, memory: TestMemory(), now: TestTime().now)
            let endpoint = try JSONEndpoint(
                address: "https://ca.example", context: context, headers: headers, settle: .seconds(60))
            _ = try await JSONCall(.get, ["chain"], "collecting", accept: own).send(to: endpoint)
            return wire.first?.0.headerFields[.accept]
        }
        #expect(try await accepted([:], nil) == "application/json")
        #expect(try await accepted([.accept: "text/plain"], nil) == "text/plain")
        #expect(try await accepted([.accept: "text/plain"], "application/octet-stream") == "application/octet-stream")
    }

    @Test func `an endpoint shows its address and none of its headers, however it is printed`() throws {
        struct Holder { var endpoint: JSONEndpoint }
        let endpoint = try endpoint(Wire(.ok, ""))
        var dumped = ""
        dump(Holder(endpoint: endpoint), to: &dumped)
        let texts = ["\(endpoint)", String(reflecting: endpoint), "\(Holder(endpoint: endpoint))", dumped]
        for text in texts { #expect(!text.contains("token-77"), "\(text)") }
        #expect("\(endpoint)" == "https://ca.example:8443/api")
    }

    @Test(arguments: [
        "https://ann:canary@ca.example", "https://ann:can@ary@ca.example/api", "ann:canary@ca.example",
        "https://ca.example/api?key=canary", "https://ca.example/#canary", "https://ann:can/ary@ca.example/api",
        "https://ann%3Acanary%40ca.example/api", "https://ann:canary%40ca.example", "https://canary%2Fary%40ca.example",
    ])
    func `an address with a login in it is refused by the setting's name, and the login is not repeated`(
        address: String
    ) throws {
        let context = ProviderContext(
            settings: ProviderSettings(), transport: Wire(.ok, ""), memory: TestMemory(), now: TestTime().now)
        let error = #expect(throws: SettingError.self) {
            try JSONEndpoint(address: address, setting: "token-address", context: context, settle: .seconds(60))
        }
        let text = try #require(error?.description)
        #expect(text.contains("setting token-address cannot be") && text.contains("ca.example"))
        for part in ["can", "ary", "ann"] {
            #expect(!text.replacing("cannot be", with: "").contains(part), "\(text)")
        }
    }

    @Test(arguments: ["<html>down</html>", #"{"id":"#, "", "\u{fffd}", #"{"other":1}"#])
    func `an answer that means nothing is repeated by a read and doubtful for a write`(body: String) async throws {
        #expect(try await failure(Wire(.ok, body))?.disposition == .transient(retryAfter: nil))
        #expect(try await failure(Wire(.ok, body), .post)?.disposition == .ambiguous(settle: .seconds(60)))
    }

    @Test(arguments: ["\n <!DOCTYPE html><html>down</html>", "{\"a\":", "\u{1f}\u{8b}", "[[[1"])
    func `what is no JSON says neither yes nor no, also to a call that wants no answer`(body: String) async throws {
        let endpoint = try endpoint(Wire(.ok, body))
        let error = await #expect(throws: ProviderError.self) {
            _ = try await JSONCall(.post, ["revoke"], "revoking").send(to: endpoint)
        }
        #expect(error?.disposition == .ambiguous(settle: .seconds(60)))
        for body in ["", " ", "{}", "7"] {
            _ = try await JSONCall(.post, ["revoke"], "revoking").send(to: try self.endpoint(Wire(.ok, body)))
        }
        let missing = try self.endpoint(Wire(.notFound, "<html>404</html>"))
        let reply = try await JSONCall(.get, ["x"], "reading").send(to: missing) { $0.response.status == .notFound }
        #expect(reply.response.status == .notFound)
    }

    @Test func `a search by post is a read`() async throws {
        let endpoint = try endpoint(Wire(.internalServerError, ""))
        let error = await #expect(throws: ProviderError.self) {
            _ = try await JSONCall(.post, ["search"], "searching", effect: .read).send(to: endpoint)
        }
        #expect(error?.disposition == .transient(retryAfter: nil))
    }

    @Test func `a failure tells the CA's text without the token`() async throws {
        let error = try await failure(Wire(.badRequest, #"{"code":-7,"description":"bad token-77"}"#))
        #expect(error?.disposition == .rejected)
        #expect(error?.summary == "trying: the CA answered 400")
        #expect(error?.wording == #"{"code":-7,"description":"bad <secret>"}"#)
    }

    @Test(arguments: [
        (
            "<!DOCTYPE html>\n<html><head><title>Maintenance of token-77</title></head><body>busy</body></html>",
            "Maintenance of <secret>"
        ),
        ("<HTML><BODY>busy</BODY></HTML>", nil), ("<html><title></title></html>", nil),
        ("<error>busy</error>", "<error>busy</error>"),
    ])
    func `of a web page only its title is told`(body: String, title: String?) async throws {
        let error = try await failure(Wire(.badGateway, body))
        let isPage = !body.hasPrefix("<error>")
        #expect(error?.summary == "trying: the CA answered 502" + (isPage ? " with a web page" : ""))
        #expect(error?.wording == title)
        #expect(try await failure(Wire(.ok, body))?.wording == title)
    }

    @Test func `what a provider writes into a failure is redacted too`() async throws {
        let endpoint = try JSONEndpoint(
            address: "https://ca.example",
            context: ProviderContext(
                settings: ProviderSettings(), transport: Wire(.badRequest, "bad token-77"), memory: TestMemory(),
                now: TestTime().now),
            secrets: [Secret("token-77")], settle: .seconds(60)
        ) { reply, error in
            let text = String(decoding: reply.body, as: UTF8.self)
            return ProviderError(.account, "\(error.summary): \(text)", wording: text)
        }
        let error = await #expect(throws: ProviderError.self) {
            _ = try await JSONCall(.get, ["orders"], "trying").send(to: endpoint)
        }
        #expect(error == ProviderError(.account, "trying: the CA answered 400: bad <secret>", wording: "bad <secret>"))
    }

    @Test func `bytes that left make the difference`() async throws {
        #expect(try await failure(Wire(.failure(.notSent("x"))), .post)?.disposition == .transient(retryAfter: nil))
        let interrupted = try await failure(Wire(.failure(.interrupted("token-77"))), .post)
        #expect(interrupted?.disposition == .ambiguous(settle: .seconds(60)))
        #expect(interrupted?.wording == "<secret>")
        #expect(interrupted?.summary.hasSuffix("no whole answer came") == true)
    }

    @Test func `a refusal that says it was done before is an answer where the caller says so`() async throws {
        let endpoint = try endpoint(Wire(.conflict, #"{"id":9}"#))
        let call = JSONCall(.post, ["revocations"], "revoking")
        let reply = try await call.send(to: endpoint) { $0.json(Answer.self)?.id == 9 }
        #expect(reply.response.status == .conflict)
        await #expect(throws: ProviderError.self) {
            _ = try await call.send(to: endpoint) { $0.json(Answer.self)?.id == 8 }
        }
    }

    @Test(arguments: ["", "<html>", #"{"other":1}"#])
    func `a body that is something else has no JSON`(body: String) {
        let reply = HTTPReply(response: HTTPResponse(status: .badGateway), body: Data(body.utf8))
        #expect(reply.json(Answer.self) == nil)
    }

    @Test func `the delay asked for is kept`() async throws {
        let wire = Wire(.tooManyRequests, "", headers: [.retryAfter: "9"])
        #expect(try await failure(wire)?.disposition == .transient(retryAfter: .seconds(9)))
    }

    @Test(arguments: [
        "", "ca.example", "ftp://ca.example", "https://", "https://u:p@ca.example", "https://ca.example?x=1",
    ])
    func `an address that is none is refused`(address: String) {
        #expect(throws: SettingError.self) { try endpoint(Wire(.ok, ""), address: address) }
    }
}
