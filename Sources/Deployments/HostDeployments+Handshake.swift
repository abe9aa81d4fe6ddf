// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
package import LifecycleModel
import NIOCore
import NIOPosix
import NIOSSL

extension HostDeployments {
    /// Asks by SNI for the endpoint's own name, or else for the common name; for `*.example.org` that is
    /// `www.example.org`, the name under it that a server most likely has. An address is reached without SNI.
    package func fingerprint(
        servedBy endpoint: DeploymentTarget.Endpoint, for commonName: String
    ) async throws(DeploymentFailure) -> String {
        let name = endpoint.serverName ?? (commonName.hasPrefix("*.") ? "www" + commonName.dropFirst() : commonName)
        do {
            return Fingerprint.sha256(Data(try await ShownCertificate.leaf(of: endpoint, named: name, handshakeLimit)))
        } catch {
            throw ShownCertificate.failure(error, endpoint, handshakeLimit)
        }
    }
}

/// The certificate that a server shows. Nothing is trusted and nothing is sent: it is only looked at.
enum ShownCertificate {
    private struct TimeIsUp: Error {}
    private struct NothingShown: Error {}

    static func leaf(
        of endpoint: DeploymentTarget.Endpoint, named name: String, _ limit: Duration
    ) async throws -> [UInt8] {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let leaf = loop.makePromise(of: [UInt8].self)
        let timer = loop.scheduleTask(in: TimeAmount(limit)) { leaf.fail(TimeIsUp()) }
        leaf.futureResult.whenComplete { _ in timer.cancel() }
        let connecting = ClientBootstrap(group: loop).connectTimeout(TimeAmount(limit)).channelInitializer { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHandlers(try handler(named: name, leaf), Closing(leaf: leaf))
            }
        }.connect(host: endpoint.host, port: endpoint.port)
        connecting.cascadeFailure(to: leaf)
        connecting.whenSuccess { channel in
            leaf.futureResult.whenComplete { _ in channel.close(promise: nil) }
        }
        return try await leaf.futureResult.get()
    }

    /// Takes the certificate as soon as it is shown: a server that then asks for one of ours ends the handshake.
    private static func handler(
        named name: String, _ leaf: EventLoopPromise<[UInt8]>
    ) throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates([])
        // Whether a server should still speak old versions is not the question here.
        configuration.minimumTLSVersion = .tlsv1
        let context = try NIOSSLContext(configuration: configuration)
        // Told by the callback, and nothing else, whether to go on: it trusts everybody.
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress(name) ? nil : name) {
            chain, verdict in
            leaf.completeWith(
                Result {
                    guard let first = chain.first else { throw NothingShown() }
                    return try first.toDERBytes()
                })
            verdict.succeed(.certificateVerified)
        }
    }

    private static func isAddress(_ name: String) -> Bool {
        do {
            _ = try SocketAddress(ipAddress: name, port: 0)
            return true
        } catch {
            return false
        }
    }

    /// Tells that the connection came to nothing.
    private final class Closing: ChannelInboundHandler {
        typealias InboundIn = Any
        let leaf: EventLoopPromise<[UInt8]>

        init(leaf: EventLoopPromise<[UInt8]>) { self.leaf = leaf }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { leaf.fail(error) }
        func channelInactive(context: ChannelHandlerContext) { leaf.fail(NothingShown()) }
    }

    static func failure(
        _ error: any Error, _ endpoint: DeploymentTarget.Endpoint, _ limit: Duration
    ) -> DeploymentFailure {
        let reason =
            switch error {
            case is TimeIsUp, ChannelError.connectTimeout:
                "showed no certificate within \(limit.components.seconds) seconds"
            case is NothingShown: hangingUp
            case let error as NIOConnectionError: "cannot be reached: \(cause(of: error))"
            case let error as IOError: "broke the connection: \(String(cString: strerror(error.errnoCode)))"
            case is NIOSSLError, is BoringSSLError: handshake(error)
            default: "cannot be asked for its certificate: \(error)"
            }
        return DeploymentFailure("\(endpoint.host):\(endpoint.port) \(reason)")
    }

    private static func cause(of error: NIOConnectionError) -> String {
        guard let first = error.connectionErrors.first?.error else { return "its name is not known" }
        return (first as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(first)"
    }

    /// BoringSSL's reason is told by its description alone, among places in its sources.
    private static func handshake(_ error: any Error) -> String {
        let text = "\(error)"
        if let reason = text.firstMatch(of: /OPENSSL_internal:(\w+)/)?.output.1 {
            return "fails in the TLS handshake: \(reason.lowercased().replacing("_", with: " "))"
        }
        return text.contains("EOF") ? hangingUp : "fails in the TLS handshake"
    }

    private static let hangingUp = "closed the connection before it showed a certificate"
}
