// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A server on loopback that sends what a test tells it to, byte for byte, however wrong that is.
struct RawServer {
    typealias Connection = NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// Requests so far, head and body as they came.
    final class Seen: Sendable {
        private let requests = Mutex<[String]>([])
        var all: [String] { requests.withLock { $0 } }
        fileprivate func append(_ request: String) { requests.withLock { $0.append(request) } }
    }

    /// Runs a server for as long as the body takes.
    ///
    /// - Parameters:
    ///   - answer: sends an answer to one request; returning closes the connection.
    ///   - body: is told the port.
    static func run<Result: Sendable>(
        answering answer: @escaping @Sendable (String, Connection) async throws -> Void,
        _ body: @escaping @Sendable (Int, Seen) async throws -> Result
    ) async throws -> Result {
        let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let port = server.channel.localAddress?.port ?? 0
        let seen = Seen()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.executeThenClose { connections in
                    try await withThrowingDiscardingTaskGroup { group in
                        for try await connection in connections {
                            group.addTask { await serve(connection, seen, answer) }
                        }
                    }
                }
            }
            let result = try await body(port, seen)
            group.cancelAll()
            return result
        }
    }

    /// Sends no more, and hangs up no sooner than the test is over.
    static func silence() async {
        let (nothing, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in nothing {}
    }

    private static func serve(
        _ connection: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ seen: Seen,
        _ answer: @Sendable (String, Connection) async throws -> Void
    ) async {
        do {
            try await connection.executeThenClose { inbound, outbound in
                var text = ""
                for try await buffer in inbound {
                    text += String(buffer: buffer)
                    guard isWhole(text) else { continue }
                    seen.append(text)
                    return try await answer(text, outbound)
                }
            }
        } catch {
            // The client went away, as some tests want it to.
            return
        }
    }

    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.range(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) }
        return text[end.upperBound...].utf8.count >= length ?? 0
    }
}

extension RawServer.Connection {
    func send(_ text: String) async throws { try await write(ByteBuffer(string: text)) }

    func answer(_ status: String, _ headers: [String] = [], body: String = "") async throws {
        let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
        try await send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }
}
