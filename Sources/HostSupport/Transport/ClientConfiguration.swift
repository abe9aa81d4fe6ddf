// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import FoundationEssentials
import NIOSSL
import PublicCA

/// How the client of one account is set up: whom it trusts, who it says it is, and through whom it goes.
enum ClientConfiguration {
    /// Throws when a file or a proxy that the settings name cannot be used. A secret is never repeated.
    static func make(
        _ settings: TransportSettings, proxy: ProxyChoice?, limits: TransportLimits
    ) throws(SettingError) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let file = settings.extraRoot {
            tls.additionalTrustRoots = [.certificates(try certificates(in: file, "extra-root"))]
        }
        if let file = settings.clientCertificate {
            tls.certificateChain = try certificates(in: file, "client-certificate").map { .certificate($0) }
            guard let key = settings.clientKey else {
                throw SettingError(["secret client-key is missing: setting client-certificate needs it"])
            }
            do {
                tls.privateKey = .privateKey(
                    try key.reveal { try NIOSSLPrivateKey(bytes: Array($0.utf8), format: .pem) })
            } catch {
                throw SettingError(["secret client-key is not an unencrypted private key in PEM"])
            }
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: limits.timeout,
            connectionPool: .init(
                // Shorter than servers keep an idle connection: one that closes under a write leaves a doubt.
                idleTimeout: .seconds(10), concurrentHTTP1ConnectionsPerHostSoftLimit: settings.requestsInFlight),
            proxy: proxy.map(\.configuration), decompression: .disabled)
        configuration.httpVersion = .http1Only
        // The engine knows better when to come back.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private static func certificates(
        in file: String, _ setting: String
    ) throws(SettingError) -> [NIOSSLCertificate] {
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMFile(file)
        } catch {
            throw SettingError(["setting \(setting): \(file) cannot be read as certificates in PEM"])
        }
        guard !certificates.isEmpty else {
            throw SettingError(["setting \(setting): \(file) holds no certificate in PEM"])
        }
        return certificates
    }
}

extension ProxyChoice {
    fileprivate var configuration: HTTPClient.Configuration.Proxy {
        if isSOCKS { return .socksServer(host: host, port: port) }
        guard let user else { return .server(host: host, port: port) }
        return .server(host: host, port: port, authorization: .basic(username: user, password: password ?? ""))
    }
}
