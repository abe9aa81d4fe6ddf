// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleEngine
import NIOCore
import NIOHTTP1
import PublicCATesting
import ServiceLifecycleTestKit
import Synchronization
import Testing

@testable import Monitoring

struct MonitoringServerTests {
    @Test func `metrics come as Prometheus wants them`() async throws {
        try await ServedPages.run { served in
            served.monitor.passEnded(after: .seconds(1), well: true)
            let reply = try await served.ask("/metrics?name=x")
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == ["text/plain; version=0.0.4; charset=utf-8"])
            #expect(reply.text.contains("publicca_passes_total{result=\"ended\"} 1\n"))
            #expect(reply.text.hasSuffix("\n"))
        }
    }

    @Test func `a process that answers is alive, whatever else is not well`() async throws {
        try await ServedPages.run(checks: [HealthCheck("database") { "it cannot be read" }]) { served in
            let reply = try await served.ask("/healthz")
            #expect(reply.status == 200 && reply.text == "ok\n")
        }
    }

    @Test func `what is not ready says why, and becomes ready`() async throws {
        let isWell = Flag()
        let check = HealthCheck("database") { isWell.isUp ? nil : "it \"cannot\" be read" }
        try await ServedPages.run(checks: [check]) { served in
            let ill = try await served.ask("/readyz")
            #expect(ill.status == 503 && ill.headers["content-type"] == ["application/json"])
            #expect(
                ill.text == #"{"ready":false,"reasons":[{"check":"database","problem":"it \"cannot\" be read"}]}"#
                    + "\n"
            )
            isWell.raise()
            let well = try await served.ask("/readyz")
            #expect(well.status == 200 && well.text == #"{"ready":true,"reasons":[]}"# + "\n")
        }
    }

    @Test(arguments: ["/metrics", "/healthz", "/readyz"])
    func `HEAD answers like GET, without the body`(_ path: String) async throws {
        try await ServedPages.run { served in
            let reply = try await served.ask(path, .HEAD)
            let length = reply.headers["content-length"].first.flatMap { Int($0) } ?? 0
            #expect(reply.status == 200 && reply.text.isEmpty && length > 0)
            // The connection is one that can be used again.
            #expect(try await served.ask(path).text.utf8.count > 0)
        }
    }

    @Test func `what is not served is not found, and nothing is changed here`() async throws {
        try await ServedPages.run { served in
            for path in ["/", "/metrics/", "/readyz2", "//metrics"] {
                #expect(try await served.ask(path).status == 404, "\(path)")
            }
            for method in [HTTPMethod.POST, .PUT, .DELETE, .OPTIONS] {
                let reply = try await served.ask("/metrics", method)
                #expect(reply.status == 405 && reply.headers["allow"] == ["GET, HEAD"], "\(method)")
            }
        }
    }

    @Test func `requests one after the other share a connection, and the last may close it`() async throws {
        try await ServedPages.run { served in
            let first = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
            let last = "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            let said = try await served.converse(first + first + last)
            #expect(said.components(separatedBy: "HTTP/1.1 200").count == 3)
            #expect(said.contains("HTTP/1.1 404"))
        }
    }

    @Test(arguments: [
        "GET /metrics HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n",
        "GET /\(String(repeating: "x", count: 20_000)) HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /metrics HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 200))\r\n", "this is not HTTP\r\n\r\n",
    ])
    func `what is too long, or no HTTP, is refused and not read on`(_ request: String) async throws {
        try await ServedPages.run { served in
            let said = try await served.converse(request)
            #expect(said.isEmpty || said.hasPrefix("HTTP/1.1 400"), "\(said)")
            #expect(try await served.ask("/healthz").status == 200)
        }
    }

    @Test func `a body as long as nobody asked for ends the connection`() async throws {
        try await ServedPages.run { served in
            let head = "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
            let said = try await served.converse(head + String(repeating: "x", count: 100_000))
            #expect(said.isEmpty)
        }
    }

    @Test(
        .timeLimit(.minutes(10)),
        arguments: [
            "", "GET /metr", "GET /healthz HTTP/1.1\r\nHost: x\r\nX: ", "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        ])
    func `a client that takes its time is not waited for`(_ beginning: String) async throws {
        try await ServedPages.run(patience: .milliseconds(100)) { served in
            // Returns when the server closes the connection, which the client does not.
            let said = try await served.converse(beginning)
            #expect(said.isEmpty || beginning.hasSuffix("\r\n\r\n"))
        }
    }

    @Test(.timeLimit(.minutes(10))) func `one connection more than are let in at once is closed at once`() async throws
    {
        try await ServedPages.run { served in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0...MonitoringServer.mostConnections { group.addTask { try await served.converse("") } }
                #expect(try await group.next()?.isEmpty == true)
                let request = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                #expect(try await served.converse(request).isEmpty)
                served.stopping.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
    }

    @Test func `a port that is taken is a matter of the configuration`() async throws {
        try await ServedPages.run { served in
            let page = MetricsPage(served.monitor, Shelf(.init()).repository, inventoryLimit: { nil }, version: "1")
            let second = MonitoringServer(
                MonitoringAddress(host: "127.0.0.1", port: served.port),
                Pages(metrics: page, health: HealthReport([])))
            let error = await #expect(throws: LifecycleError.self) { try await second.run() }
            #expect(error?.code == .configuration)
            #expect(
                error?.message
                    == "metrics cannot be served at 127.0.0.1:\(served.port): address already in use")
        }
    }

    @Test(arguments: ["203.0.113.1", "no.such.host.invalid"])
    func `so is an address that this machine does not have`(_ host: String) async throws {
        let monitor = Monitor()
        let page = MetricsPage(monitor, Shelf(.init()).repository, inventoryLimit: { nil }, version: "1")
        let server = MonitoringServer(
            MonitoringAddress(host: host, port: 9), Pages(metrics: page, health: HealthReport([])))
        let error = await #expect(throws: LifecycleError.self) { try await server.run() }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(host) == true)
    }

    @Test(.timeLimit(.minutes(10))) func `stopping gives the answer that is under way, and takes no more`() async throws
    {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let (gates, gate) = AsyncStream.makeStream(of: Void.self)
        let check = HealthCheck("slow") {
            arrived.finish()
            for await _ in gates {}
            return nil
        }
        try await ServedPages.run(checks: [check]) { served in
            let (connections, connected) = AsyncStream.makeStream(of: Void.self)
            async let idle = served.converse("") { connected.finish() }
            async let reply = served.ask("/readyz")
            for await _ in connections {}
            for await _ in arrivals {}
            served.stopping.triggerGracefulShutdown()
            // Closed by the stop: its own time is far from over.
            let leftover = try await idle
            #expect(leftover.isEmpty)
            gate.finish()
            let answered = try await reply
            #expect(answered.status == 200)
            await #expect(throws: (any Error).self) { try await served.converse("") }
        }
    }

    @Test func `a server that is cancelled ends, too`() async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let page = MetricsPage(Monitor(), Shelf(.init()).repository, inventoryLimit: { nil }, version: "1")
        let server = MonitoringServer(
            MonitoringAddress(host: "127.0.0.1", port: 0), Pages(metrics: page, health: HealthReport([]))
        ) { port.yield($0) }
        let running = Task { try await server.run() }
        _ = await ports.first { _ in true }
        running.cancel()
        try await running.value
    }

    private final class Flag: Sendable {
        private let state = Mutex(false)
        var isUp: Bool { state.withLock { $0 } }
        func raise() { state.withLock { $0 = true } }
    }
}
