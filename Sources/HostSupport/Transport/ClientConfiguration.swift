// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOSSL
import PublicCA

/// How the clients of one account are set up: whom they trust, who they say they are, how long they wait.
struct ClientConfiguration: Sendable {
    private let tls: TLSConfiguration
    private let limits: TransportLimits
    private let requestsInFlight: Int

    /// Throws when a file that the settings name cannot be used. A secret is never repeated.
    init(_ settings: TransportSettings, limits: TransportLimits) throws(SettingError) {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let file = settings.extraRoot {
            tls.additionalTrustRoots = [.certificates(try Self.certificates(in: file, "extra-root"))]
        }
        if let file = settings.clientCertificate {
            tls.certificateChain = try Self.certificates(in: file, "client-certificate").map { .certificate($0) }
            tls.privateKey = .privateKey(try Self.key(settings.clientKey))
        }
        self.tls = tls
        self.limits = limits
        self.requestsInFlight = settings.requestsInFlight
    }

    /// - Parameter proxy: `nil` for a direct connection.
    func client(through proxy: ProxyChoice?) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: limits.timeout,
            connectionPool: .init(
                // Shorter than servers keep an idle connection: one that closes under a write leaves a doubt.
                idleTimeout: .seconds(10), concurrentHTTP1ConnectionsPerHostSoftLimit: requestsInFlight),
            proxy: proxy.map(\.configuration), decompression: .disabled)
        configuration.httpVersion = .http1Only
        // The engine knows better when to come back.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private static func certificates(
        in file: String, _ setting: String
    ) throws(SettingError) -> [NIOSSLCertificate] {
        let contents: Data
        do throws(SystemFailure) {
            contents = try SystemFile.read(file)
        } catch {
            throw SettingError(["setting \(setting): \(error.description)"])
        }
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMBytes(Array(contents))
        } catch {
            throw SettingError(["setting \(setting): what \(file) holds is no certificate in PEM"])
        }
        guard !certificates.isEmpty else {
            throw SettingError(["setting \(setting): \(file) holds no certificate in PEM"])
        }
        return certificates
    }

    private static func key(_ secret: Secret?) throws(SettingError) -> NIOSSLPrivateKey {
        guard let secret else {
            throw SettingError(["secret client-key is missing: setting client-certificate needs it"])
        }
        do {
            return try secret.reveal { try NIOSSLPrivateKey(bytes: Array($0.utf8), format: .pem) }
        } catch {
            throw SettingError(["secret client-key is not an unencrypted private key in PEM"])
        }
    }
}

extension ProxyChoice {
    fileprivate var configuration: HTTPClient.Configuration.Proxy {
        if isSOCKS { return .socksServer(host: host, port: port) }
        guard let user else { return .server(host: host, port: port) }
        return .server(host: host, port: port, authorization: .basic(username: user, password: password ?? ""))
    }
}
