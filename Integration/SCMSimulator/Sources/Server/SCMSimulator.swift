// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix

/// A server that speaks the REST API of Sectigo Certificate Manager as the real one does, for as long as a test lasts.
public final class SCMSimulator: Sendable {
    /// Where it listens, such as `https://127.0.0.1:40123`; the API is below `/api`, the control endpoint below
    /// `/simulator`, and tokens come from `tokenAddress`.
    public let address: String
    private let desk: Desk
    private let identity: ServerIdentity

    /// The OAuth token endpoint.
    public var tokenAddress: String { address + Books.tokenPath }
    /// The root to trust for HTTPS, in PEM.
    public var rootCertificate: String { identity.root }
    /// The most calls that were ever under way at once.
    public var peakInFlight: Int { desk.peak }

    /// The client certificate and key, in PEM, of an administrator who has one.
    public func clientCertificate(login: String) -> (certificate: String, key: String)? {
        identity.clients[login].map { ($0.certificate, $0.key) }
    }

    /// The administrators who have a client certificate.
    public var clientLogins: [String] { identity.clients.keys.sorted() }

    private init(address: String, desk: Desk, identity: ServerIdentity) {
        self.address = address
        self.desk = desk
        self.identity = identity
    }

    /// Runs a simulator while `body` runs; connections that are open then are cut.
    ///
    /// - Throws: what `body` throws, or why the simulator could not start.
    public static func serve<Result: Sendable>(
        _ settings: SimulatorSettings = SimulatorSettings(),
        body: @Sendable @escaping (SCMSimulator) async throws -> Result
    ) async throws -> Result {
        let now = Date()
        let identity = try ServerIdentity(
            administrators: settings.world.administrators, host: settings.host, now: now)
        let authority = try CertificateAuthority(kind: settings.quirks.authorityKey, now: now)
        var books = Books(settings: settings, authority: authority, now: now)
        books.clientSerials = identity.clients.mapValues(\.serial)
        let desk = Desk(books)
        let entrance = Entrance()
        let (ports, port) = AsyncStream<Int>.makeStream()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                defer { port.finish() }
                try await run(settings, desk, identity, entrance) { port.yield($0) }
                return nil
            }
            group.addTask {
                guard let number = await ports.first(where: { _ in true }) else { return nil }
                let address = "\(settings.tls ? "https" : "http")://\(settings.host):\(number)"
                let simulator = SCMSimulator(address: address, desk: desk, identity: identity)
                do {
                    let result = try await body(simulator)
                    try await entrance.close()
                    return result
                } catch {
                    try await entrance.close()
                    throw error
                }
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }

    private static func run(
        _ settings: SimulatorSettings, _ desk: Desk, _ identity: ServerIdentity, _ entrance: Entrance,
        isListening: @escaping @Sendable (Int) -> Void
    ) async throws {
        let responding = Responding(desk: desk, isTLS: settings.tls)
        let plain = HTTP1Channel { request, writer, channel in
            try await responding.respond(to: request, with: writer, over: channel)
        }
        var logger = Logger(label: "scm-simulator")
        logger.logLevel = .critical
        let configuration = ServerConfiguration(address: .hostname(settings.host, port: settings.port))
        let told: @Sendable (any Channel) async -> Void = { door in
            entrance.open(door)
            isListening(door.localAddress?.port ?? 0)
        }
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        try await withTaskExecutorPreference(LoopExecutor(loop)) {
            if settings.tls {
                let secure = try TLSChannel(plain, tlsConfiguration: identity.configuration)
                try await Server(
                    childChannelSetup: WatchedChannel(base: secure, entrance: entrance), configuration: configuration,
                    onServerRunning: told, eventLoopGroup: loop, logger: logger
                ).run()
            } else {
                try await Server(
                    childChannelSetup: WatchedChannel(base: plain, entrance: entrance), configuration: configuration,
                    onServerRunning: told, eventLoopGroup: loop, logger: logger
                ).run()
            }
        }
    }

    /// Asks the control endpoint without a network: `try simulator.control("POST", "faults", #"{"kind": "hang"}"#)`.
    ///
    /// - Returns: the answer's JSON.
    /// - Throws: ``ControlRefused`` when there is no such thing to ask, or the JSON means nothing.
    @discardableResult
    public func control(_ method: String, _ name: String, _ json: String = "") throws -> String {
        var call = Call(method: method, target: "/simulator/\(name)")
        call.body = Array(json.utf8)
        let answer = desk.outcome(of: call).answer
        let text = String(decoding: answer.body, as: UTF8.self)
        guard answer.status == 200 else { throw ControlRefused(description: text) }
        return text
    }
}

/// The control endpoint's no.
public struct ControlRefused: Error, CustomStringConvertible {
    /// What the endpoint answered.
    public let description: String
}
