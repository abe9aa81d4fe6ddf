// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Dispatch
import FoundationEssentials
import PublicCA
import Synchronization

/// The HTTP clients of one account: one for each proxy that its addresses are reached through, made when first wanted.
final class ProxiedClients: Sendable {
    private let clients = Mutex<[ProxyChoice?: HTTPClient]>([:])
    private let configuration: ClientConfiguration
    private let proxy: String?
    private let proxyPassword: Secret?
    private let environment: [String: String]

    /// Throws when a file or a proxy that the settings name cannot be used.
    init(
        _ settings: TransportSettings, limits: TransportLimits, environment: [String: String]
    ) throws(SettingError) {
        self.configuration = try ClientConfiguration(settings, limits: limits)
        self.proxy = settings.proxy
        self.proxyPassword = settings.proxyPassword
        self.environment = environment
        if let proxy { _ = try ProxyChoice.written(proxy) }
    }

    /// The client for an address. Throws when the environment names a proxy that is none.
    func client(scheme: String, authority: String) throws(SettingError) -> HTTPClient {
        var choice = try ProxyChoice.find(
            for: URLComponents(string: "\(scheme)://\(authority)") ?? URLComponents(), setting: proxy,
            environment: environment)
        // The environment's proxy brings its own.
        if proxy != nil { proxyPassword?.reveal { choice?.password = $0 } }
        return clients.withLock { [choice] clients in
            if let known = clients[choice] { return known }
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: configuration.client(through: choice))
            clients[choice] = client
            return client
        }
    }

    /// Whoever has a request under way holds this object: then nothing is left to wait for. A client wants to be told
    /// before it goes.
    deinit {
        for client in clients.withLock({ $0 }).values { client.shutdown(queue: .global()) { _ in } }
    }
}
