// SPDX-License-Identifier: Apache-2.0

import Deployments
import Foundation
import LifecycleModel
import NIOCore
import NIOPosix
import NIOSSL
import PublicCA
import Synchronization
import Testing

struct HandshakeTests {
    /// Serves at a free port until the work is done.
    private func withServer(
        _ handlers: @escaping @Sendable () throws -> [any ChannelHandler], _ work: (Int) async throws -> Void
    ) async throws {
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandlers(handlers()) }
            }.bind(host: "127.0.0.1", port: 0).get()
        do {
            try await work(try #require(server.localAddress?.port))
        } catch {
            try await server.close()
            throw error
        }
        try await server.close()
    }

    private func configuration(_ certificate: DeployableCertificate) throws -> TLSConfiguration {
        TLSConfiguration.makeServerConfiguration(
            certificateChain: try certificate.chain.certificates.map {
                .certificate(try NIOSSLCertificate(bytes: Array($0), format: .der))
            }, privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.key.der), format: .der)))
    }

    private func fails(_ port: Int, _ words: String, limit: Duration = .seconds(60)) async throws {
        let bench = try Bench()
        let failure = await #expect(throws: DeploymentFailure.self) {
            try await bench.deployments(limit).fingerprint(
                servedBy: .init(host: "127.0.0.1", port: port), for: "www.example.org")
        }
        #expect(failure?.description.hasPrefix("127.0.0.1:\(port) \(words)") == true, "\(String(describing: failure))")
        #expect(failure?.mayPass == true)
    }

    @Test(
        arguments: [
            (nil, "www.example.org", "www.example.org"), (nil, "*.example.org", "www.example.org"),
            ("mail.example.org", "*.example.org", "mail.example.org"), (nil, "192.0.2.1", nil),
        ] as [(String?, String, String?)])
    func `it is the leaf's, asked for by name and trusted by nobody`(
        _ serverName: String?, _ commonName: String, _ asked: String?
    ) async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made()
        var configuration = try configuration(certificate)
        let names = Names()
        configuration.sslContextCallback = { values, promise in
            names.append(values.serverHostname)
            promise.succeed(.noChanges)
        }
        let context = try NIOSSLContext(configuration: configuration)
        try await withServer({ [NIOSSLServerHandler(context: context)] }) { port in
            let served = try await bench.deployments().fingerprint(
                servedBy: .init(host: "127.0.0.1", port: port, serverName: serverName), for: commonName)
            #expect(served == certificate.sha256)
        }
        #expect(names.asked == [asked])
    }

    private final class Names: Sendable {
        private let kept = Mutex<[String?]>([])
        var asked: [String?] { kept.withLock { $0 } }
        func append(_ name: String?) { kept.withLock { $0.append(name) } }
    }

    @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
    func `a server that wants a certificate of ours shows its own all the same`(_ version: TLSVersion) async throws {
        let bench = try Bench()
        let certificate = try await DeployableCertificate.made()
        var configuration = try configuration(certificate)
        configuration.certificateVerification = .noHostnameVerification
        configuration.maximumTLSVersion = version
        let context = try NIOSSLContext(configuration: configuration)
        try await withServer({ [NIOSSLServerHandler(context: context)] }) { port in
            let served = try await bench.deployments().fingerprint(
                servedBy: .init(host: "127.0.0.1", port: port), for: "www.example.org")
            #expect(served == certificate.sha256)
        }
    }

    @Test func `a port where nobody listens is said`() async throws {
        // A port that was free a moment ago may be another test's by now.
        try await fails(1, "cannot be reached: Connection refused")
    }

    @Test func `a server without TLS is said`() async throws {
        try await withServer({ [Talking()] }) { port in
            try await fails(port, "fails in the TLS handshake: wrong version number")
        }
    }

    @Test func `a server that hangs up is said`() async throws {
        try await withServer({ [HangingUp()] }) { port in
            try await fails(port, "closed the connection before it showed a certificate")
        }
    }

    @Test func `a server that says nothing is not waited for forever`() async throws {
        try await withServer({ [] }) { port in
            try await fails(port, "showed no certificate within 0 seconds", limit: .milliseconds(50))
        }
    }

    private final class Talking: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelActive(context: ChannelHandlerContext) {
            context.writeAndFlush(NIOAny(ByteBuffer(string: "220 mail.example.org ESMTP\r\n")), promise: nil)
        }
    }

    private final class HangingUp: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.close(promise: nil) }
    }
}
