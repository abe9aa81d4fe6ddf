// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA
import PublicCATesting
import Testing

@Suite struct ReplayTransportTests {
    func exchange(
        _ path: String, _ answer: String, method: HTTPRequest.Method = .get, body: String? = nil
    ) -> Exchange {
        let request = HTTPRequest(
            method: method, scheme: "https", authority: "ca.example", path: path,
            headerFields: [.authorization: "Bearer token-77"])
        let reply = HTTPReply(
            response: HTTPResponse(status: .ok, headerFields: [.contentType: "application/json", .setCookie: "id=1"]),
            body: Data(answer.utf8))
        return Exchange(
            request, body: body.map { Data($0.utf8) }, reply: reply, without: [Secret("token-77"), Secret("")])
    }

    func ask(_ transport: ReplayTransport, _ path: String, body: String? = nil) async throws -> String {
        let request = HTTPRequest(
            method: body == nil ? .get : .post, scheme: "https", authority: "ca.example", path: path)
        let reply = try await transport.send(request, body: body.map { Data($0.utf8) })
        return String(decoding: reply.body, as: UTF8.self)
    }

    @Test func `the same request gets its answers in turn, then the last one again`() async throws {
        let transport = ReplayTransport([exchange("/a", "1"), exchange("/b", "other"), exchange("/a", "2")])
        for answer in ["1", "2", "2"] { #expect(try await ask(transport, "/a") == answer) }
        #expect(transport.unused == 1 && transport.refused.isEmpty)
    }

    @Test func `what was never recorded is refused, and remembered`() async throws {
        let transport = ReplayTransport([exchange("/a", "1", method: .post, body: "{}")])
        await #expect(throws: TransportError.self) { try await ask(transport, "/a", body: "{1}") }
        await #expect(throws: TransportError.self) { try await ask(transport, "/a?x=1") }
        #expect(transport.refused == ["POST /a", "GET /a?x=1"])
        #expect(try await ask(transport, "/a", body: "{}") == "1")
    }

    @Test(arguments: ["user=ann&password=to%2fken%2077", "user=ann&password=to%2Fken+77", #"{"p":"to\/ken 77"}"#])
    func `a recording has no secret in path, form or reply, however it is escaped`(text: String) throws {
        let request = HTTPRequest(method: .post, scheme: "https", authority: "ca.example", path: "/login?\(text)")
        let reply = HTTPReply(
            response: HTTPResponse(status: .found, headerFields: [.location: "/next?\(text)"]), body: Data(text.utf8))
        let recorded = Exchange(request, body: Data(text.utf8), reply: reply, without: [Secret("to/ken 77")])
        let file = String(decoding: try JSONEncoder().encode([recorded]), as: UTF8.self)
        #expect(!file.contains("ken"), "\(file)")
        #expect(file.contains("<secret>"))
    }

    @Test func `a recording survives its file, without secrets and headers that nobody needs`() async throws {
        let recorded = exchange("/a?key=token-77", "hello token-77", method: .post, body: "token-77")
        let file = try JSONEncoder().encode([recorded])
        let text = String(decoding: file, as: UTF8.self)
        #expect(!text.contains("token-77") && !text.contains("Bearer") && !text.contains("id=1"))
        #expect(try Exchange.list(in: file) == [recorded])
    }

    @Test func `a network that records passes on what it hears, with the headers that it is told of`() async throws {
        let total = try #require(HTTPField.Name("X-Total-Count"))
        let reply = HTTPReply(
            response: HTTPResponse(status: .ok, headerFields: [total: "7", .setCookie: "id=1"]), body: Data("1".utf8))
        let network = RecordingTransport(Steady(reply: reply), keeping: [total], without: [Secret("token-77")])
        let request = HTTPRequest(method: .get, scheme: "https", authority: "ca.example", path: "/a?key=token-77")
        #expect(try await network.send(request, body: nil) == reply)
        let replay = ReplayTransport(network.exchanges)
        let replayed = HTTPRequest(method: .get, scheme: "https", authority: "ca.example", path: "/a?key=<secret>")
        let fields = try await replay.send(replayed, body: nil).response.headerFields
        #expect(fields[total] == "7" && fields[.setCookie] == nil)
    }
}

private struct Steady: HTTPTransport {
    var reply: HTTPReply

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply { reply }
}
