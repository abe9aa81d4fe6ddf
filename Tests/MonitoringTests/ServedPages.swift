// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import PublicCATesting
import ServiceLifecycleTestKit

@testable import Monitoring

/// A server of metrics and health on a free port, for as long as a body runs.
struct ServedPages: Sendable {
    let port: Int
    let monitor: Monitor
    /// What the server's graceful stop is begun with.
    let stopping: GracefulShutdownTestTrigger

    static func run<Result: Sendable>(
        checks: [HealthCheck] = [], patience: TimeAmount = .minutes(10),
        _ body: @Sendable @escaping (ServedPages) async throws -> Result
    ) async throws -> Result {
        let time = TestTime()
        let monitor = Monitor(now: time.now)
        let pages = Pages(
            metrics: MetricsPage(
                monitor, Shelf(time).repository, inventoryLimit: { nil }, version: "1", clock: time.clock),
            health: HealthReport(checks, clock: time.clock))
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = MonitoringServer(MonitoringAddress(host: "127.0.0.1", port: 0), pages, patience: patience) {
            port.yield($0)
        }
        return try await testGracefulShutdown { stopping in
            try await withThrowingTaskGroup(of: Result?.self) { group in
                group.addTask {
                    defer { port.finish() }
                    try await server.run()
                    return nil
                }
                group.addTask {
                    guard let number = await ports.first(where: { _ in true }) else { return nil }
                    return try await body(ServedPages(port: number, monitor: monitor, stopping: stopping))
                }
                // A server that is asked to stop may end before the body does.
                while let ended = try await group.next() {
                    guard let result = ended else { continue }
                    stopping.triggerGracefulShutdown()
                    try await group.waitForAll()
                    return result
                }
                throw CancellationError()
            }
        }
    }

    struct Reply: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var text: String
    }

    func ask(
        _ path: String, _ method: HTTPMethod = .GET, headers: HTTPHeaders = [:], body: String? = nil
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = method
        request.headers = headers
        if let body { request.body = .bytes(ByteBuffer(string: body)) }
        let response = try await HTTPClient.shared.execute(request, timeout: .minutes(10))
        let buffer = try await response.body.collect(upTo: 1 << 20)
        return Reply(
            status: Int(response.status.code), headers: response.headers, text: String(buffer: buffer))
    }

    /// Sends bytes as they are, and returns all that comes until the server closes the connection.
    func converse(_ text: String, then: @Sendable () async throws -> Void = {}) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var answer = ""
            do {
                try await outbound.write(ByteBuffer(string: text))
                try await then()
                for try await part in inbound { answer += String(buffer: part) }
            } catch let error as IOError where [ECONNRESET, EPIPE].contains(error.errnoCode) {
                return answer
            } catch ChannelError.ioOnClosedChannel {
                return answer
            }
            return answer
        }
    }
}
