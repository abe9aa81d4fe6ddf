// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import Monitoring
import NIOCore
import PublicCA
import Synchronization
import Testing

@testable import HostSupport

/// One exchange at a time, with servers that do everything wrong.
struct TransportTests {
    private func transport(
        _ limits: TransportLimits = TransportLimits(), _ environment: [String: String] = [:],
        note: @escaping @Sendable (Exchange) -> Void = { _ in }
    ) throws -> AsyncHTTPTransport {
        let settings = try TransportSettings(ProviderSettings())
        let clients = try ProxiedClients(settings, limits: limits, environment: environment)
        return AsyncHTTPTransport(clients: clients, pacer: Pacer(Pace(most: 8)), limits: limits, note: note)
    }

    private func request(_ port: Int, _ method: HTTPRequest.Method = .get, _ path: String = "/x") -> HTTPRequest {
        HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:\(port)", path: path,
            headerFields: [.authorization: "Bearer canary"])
    }

    /// What becomes of one request to a server that answers so.
    private func outcome(
        _ method: HTTPRequest.Method = .post, _ limits: TransportLimits = TransportLimits(),
        body: Data? = Data("{}".utf8),
        _ answer: @escaping @Sendable (String, RawServer.Connection) async throws -> Void
    ) async throws -> Result<HTTPReply, TransportError> {
        try await RawServer.run(answering: answer) { port, _ in
            let transport = try transport(limits)
            let result: Result<HTTPReply, TransportError>
            do throws(TransportError) {
                result = .success(try await transport.send(request(port, method), body: body))
            } catch {
                result = .failure(error)
            }
            return result
        }
    }

    @Test func `an answer comes as it was sent, whatever its status`() async throws {
        let reply = try await outcome { _, connection in
            try await connection.answer("418 I'm a teapot", ["X-Total-Count: 7"], body: #"{"a":1}"#)
        }.get()
        #expect(reply.response.status.code == 418)
        let total = try #require(HTTPField.Name("X-Total-Count"))
        #expect(reply.response.headerFields[total] == "7")
        #expect(reply.body == Data(#"{"a":1}"#.utf8))
    }

    @Test func `the request arrives whole, with its headers and its body`() async throws {
        try await RawServer.run(answering: { _, connection in try await connection.answer("204 No Content") }) {
            port, seen in
            let transport = try transport()
            _ = try await transport.send(request(port, .post, "/api/ssl?size=200"), body: Data(#"{"csr":"x"}"#.utf8))
            let text = try #require(seen.all.first)
            #expect(text.hasPrefix("POST /api/ssl?size=200 HTTP/1.1\r\n"))
            #expect(text.lowercased().contains("authorization: bearer canary"))
            #expect(text.hasSuffix(#"{"csr":"x"}"#))
        }
    }

    @Test func `nobody there means that nothing was sent`() async throws {
        let port = try await RawServer.run(answering: { _, _ in }) { port, _ in port }
        let transport = try transport()
        await #expect {
            _ = try await transport.send(request(port, .post), body: Data("{}".utf8))
        } throws: { error in
            guard case TransportError.notSent = error else { return false }
            return true
        }
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "rubbish\r\n\r\n",
    ])
    func `a connection that ends in the middle is a doubt`(_ part: String) async throws {
        let result = try await outcome { _, connection in
            if !part.isEmpty { try await connection.send(part) }
        }
        guard case .failure(.interrupted) = result else {
            Issue.record("it was \(result)")
            return
        }
    }

    @Test func `a redirect is an answer, and nobody is told the credentials`() async throws {
        let stolen = Mutex(false)
        try await RawServer.run(answering: { _, connection in
            stolen.withLock { $0 = true }
            try await connection.answer("200 OK")
        }) { thief, _ in
            let result = try await outcome { _, connection in
                try await connection.answer("302 Found", ["Location: http://127.0.0.1:\(thief)/"])
            }
            #expect(try result.get().response.status.code == 302)
        }
        #expect(!stolen.withLock { $0 })
    }

    @Test func `an answer without end is an error and not memory`() async throws {
        var limits = TransportLimits()
        limits.bodySize = 1 << 20
        let result = try await outcome(.get, limits, body: nil) { _, connection in
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
            let block = ByteBuffer(repeating: 0x20, count: 1 << 16)
            for _ in 0..<16_384 { try await connection.write(block) }
        }
        guard case .failure(.interrupted(let text)) = result else {
            Issue.record("it was \(result)")
            return
        }
        #expect(text == "the answer is too long")
    }

    @Test(arguments: ["x", "\r\nX-More: x"])
    func `a head without end is an error and not memory`(_ part: String) async throws {
        let result = try await outcome(.get, body: nil) { _, connection in
            try await connection.send("HTTP/1.1 200 OK\r\nX-First: ")
            let block = String(repeating: part, count: 10_000)
            for _ in 0..<100 { try await connection.send(block) }
            await RawServer.silence()
        }
        #expect(throws: TransportError.self) { try result.get() }
    }

    @Test func `a server that says "go on" for ever ends with the total time`() async throws {
        var limits = TransportLimits()
        limits.total = .milliseconds(300)
        let result = try await outcome(.post, limits) { _, connection in
            for _ in 0..<1000 { try await connection.send("HTTP/1.1 100 Continue\r\n\r\n") }
            await RawServer.silence()
        }
        guard case .failure(.interrupted) = result else {
            Issue.record("it was \(result)")
            return
        }
    }

    @Test func `an answer that drips for ever ends with the total time`() async throws {
        var limits = TransportLimits()
        limits.total = .milliseconds(300)
        let result = try await outcome(.get, limits, body: nil) { _, connection in
            try await connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            try await connection.send(" ")
            await RawServer.silence()
        }
        let error = #expect(throws: TransportError.self) { try result.get() }
        // What would end it else is the longest silence.
        #expect(error.map { "\($0)".contains("read timeout") } == false, "\(String(describing: error))")
    }

    @Test func `a compressed answer is taken as it comes, since none was asked for`() async throws {
        let reply = try await RawServer.run(answering: { _, connection in
            try await connection.answer("200 OK", ["Content-Encoding: gzip"], body: "not really")
        }) { port, seen in
            let transport = try transport()
            let reply = try await transport.send(request(port), body: nil)
            #expect(seen.all.allSatisfy { !$0.lowercased().contains("accept-encoding") })
            return reply
        }
        #expect(reply.body == Data("not really".utf8))
    }

    @Test func `a write that is given up is a doubt`() async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        try await RawServer.run(answering: { _, _ in
            arrived.finish()
            await RawServer.silence()
        }) { port, _ in
            let transport = try transport()
            let sending = Task { () -> TransportError? in
                do throws(TransportError) {
                    _ = try await transport.send(request(port, .post), body: Data("{}".utf8))
                    return nil
                } catch {
                    return error
                }
            }
            for await _ in arrivals {}
            sending.cancel()
            let error = await sending.value
            guard case .interrupted = error else {
                Issue.record("it was \(String(describing: error))")
                return
            }
        }
    }

    @Test func `every exchange is told, and no secret is in it`() async throws {
        let exchanges = Mutex<[Exchange]>([])
        try await RawServer.run(answering: { _, connection in try await connection.answer("200 OK", body: "canary") }) {
            port, _ in
            let transport = try transport(note: { exchange in exchanges.withLock { $0.append(exchange) } })
            _ = try await transport.send(request(port, .post, "/api?token=canary"), body: Data("canary".utf8))
        }
        let exchange = try #require(exchanges.withLock { $0.first })
        #expect(exchange.method == "POST" && exchange.host.hasPrefix("127.0.0.1:") && exchange.path == "/api")
        #expect(exchange.ending == .answered(status: 200, bytes: 6) && exchange.duration > .zero)
        #expect(exchange.description.contains("/api 200, 6 bytes"))
        #expect(!"\(exchange)".contains("canary"))
    }

    @Test func `an exchange that came to nothing is told, too`() async throws {
        let exchanges = Mutex<[Exchange]>([])
        let port = try await RawServer.run(answering: { _, _ in }) { port, _ in port }
        let transport = try transport(note: { exchange in exchanges.withLock { $0.append(exchange) } })
        await #expect(throws: TransportError.self) { try await transport.send(request(port), body: nil) }
        let exchange = try #require(exchanges.withLock { $0.first })
        #expect(exchange.outcome == "transient" && exchange.statusClass == "none")
        #expect(exchange.description.contains("nobody listens there"))
    }
}
