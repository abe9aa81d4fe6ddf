// SPDX-License-Identifier: Apache-2.0

package import LifecycleEngine
package import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
package import ServiceLifecycle
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Serves metrics and health until it is told to stop; answers that are under way then are still given.
package struct MonitoringServer: Service {
    private let address: MonitoringAddress
    private let pages: Pages
    private let patience: TimeAmount
    private let isListening: @Sendable (Int) -> Void

    /// - Parameters:
    ///   - patience: how long a client may take for a request, for an answer, and between the two.
    ///   - isListening: told the port as soon as connections are taken.
    package init(
        _ address: MonitoringAddress, _ pages: Pages, patience: TimeAmount = .seconds(10),
        isListening: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.address = address
        self.pages = pages
        self.patience = patience
        self.isListening = isListening
    }

    /// Connections at once; one more is closed at once.
    static let mostConnections = 64

    /// Throws `LifecycleError` of the code `configuration` when the address cannot be used.
    package func run() async throws { try await listening().run() }

    /// The server, which takes connections already: whether it can is known before anything else begins.
    ///
    /// Throws `configuration` when the address cannot be used.
    package func listening() async throws(LifecycleError) -> any Service {
        let group = MultiThreadedEventLoopGroup.singleton
        let stopping = ServerQuiescingHelper(group: group)
        let door = try await open(group, stopping)
        isListening(door.localAddress?.port ?? address.port)
        return Listening(stopping: stopping, stopped: group.next().makePromise())
    }

    private struct Listening: Service {
        let stopping: ServerQuiescingHelper
        let stopped: EventLoopPromise<Void>

        func run() async throws {
            await withTaskCancellationOrGracefulShutdownHandler {
                // How the last connection ended is no matter of the service.
                _ = try? await stopped.futureResult.get()
            } onCancelOrGracefulShutdown: {
                stopping.initiateShutdown(promise: stopped)
            }
        }
    }

    private func open(
        _ group: any EventLoopGroup, _ stopping: ServerQuiescingHelper
    ) async throws(LifecycleError) -> any Channel {
        let connections = Connections()
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(stopping.makeServerChannelHandler(channel: channel))
                }
            }
            .childChannelInitializer { [pages, patience] channel in
                channel.eventLoop.makeCompletedFuture {
                    guard connections.enter(upTo: Self.mostConnections) else { throw ChannelError.ioOnClosedChannel }
                    channel.closeFuture.whenComplete { _ in connections.leave() }
                    var limits = NIOHTTPDecoderLimitConfiguration()
                    limits.maxHeaderFieldSize = 8192
                    limits.maxHeaderListSize = 32_768
                    limits.maxHeaderFieldCount = 64
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(
                        withEncoderConfiguration: .init(), withDecoderLimitConfiguration: limits)
                    try channel.pipeline.syncOperations.addHandler(
                        RequestHandler(pages: pages, patience: patience))
                }
            }
        do {
            return try await bootstrap.bind(host: address.host, port: address.port).get()
        } catch {
            throw LifecycleError(
                .configuration, "metrics cannot be served at \(address): \(Self.reason(error))",
                hint: "choose another metrics.address or metrics.port in config.yaml")
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? IOError else { return "there is no such address" }
        return String(cString: strerror(error.errnoCode)).lowercased()
    }

    private final class Connections: Sendable {
        private let count = Mutex(0)

        func enter(upTo most: Int) -> Bool {
            count.withLock { count in
                guard count < most else { return false }
                count += 1
                return true
            }
        }

        func leave() { count.withLock { $0 -= 1 } }
    }
}
