// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import FoundationEssentials
import PublicCA
import Synchronization

/// The HTTP clients of one account: one for each proxy that its addresses are reached through, made when first wanted.
final class ProxiedClients: Sendable {
    private let clients = Mutex<[ProxyChoice?: HTTPClient]>([:])
    private let configuration: ClientConfiguration
    private let proxy: String?
    private let environment: [String: String]

    /// Throws when a file or a proxy that the settings name cannot be used.
    init(
        _ settings: TransportSettings, limits: TransportLimits, environment: [String: String]
    ) throws(SettingError) {
        self.configuration = try ClientConfiguration(settings, limits: limits)
        self.proxy = settings.proxy
        self.environment = environment
        if let proxy { _ = try ProxyChoice.written(proxy) }
    }

    /// The client for an address. Throws when the environment names a proxy that is none.
    func client(scheme: String, authority: String) throws(SettingError) -> HTTPClient {
        let choice = try ProxyChoice.find(
            for: URLComponents(string: "\(scheme)://\(authority)") ?? URLComponents(), setting: proxy,
            environment: environment)
        return clients.withLock { clients in
            if let known = clients[choice] { return known }
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: configuration.client(through: choice))
            clients[choice] = client
            return client
        }
    }

    /// Ends all connections; what is under way fails.
    func shutdown() async {
        let all = clients.withLock { clients in
            defer { clients = [:] }
            return Array(clients.values)
        }
        for client in all {
            // A client that cannot be ended in order is ended with the process.
            try? await client.shutdown()
        }
    }
}
