// SPDX-License-Identifier: Apache-2.0

package import LifecycleModel
package import Monitoring
package import PublicCA
import Synchronization

/// The transports of this process: one for each account, kept between its steps, so that its pace and its connections
/// are.
package final class AccountTransports: Sendable {
    private struct Kept {
        var origin: Origin
        var transport: any HTTPTransport
    }

    /// What a transport was made from: an account whose network settings changed gets another one.
    private struct Origin: Hashable {
        var provider: String
        var settings: [String: String]
        var secrets: [String: SecretSource]

        init(_ account: AccountRecord) {
            provider = account.provider
            let names = Set(GenericSettings.http.map(\.name))
            settings = account.settings.filter { names.contains($0.key) }
            secrets = account.secrets.filter { names.contains($0.key) }
        }
    }

    /// Told of an exchange, and of the account and the provider that it was made for.
    package typealias Note = @Sendable (_ exchange: Exchange, _ account: String, _ provider: String) -> Void

    private let kept = Mutex<[String: Kept]>([:])
    private let environment: [String: String]
    private let limits: TransportLimits?
    private let note: Note

    /// - Parameters:
    ///   - limits: instead of those that follow from an account's settings.
    ///   - note: told of every exchange.
    package init(
        environment: [String: String], limits: TransportLimits? = nil, note: @escaping Note = { _, _, _ in }
    ) {
        self.environment = environment
        self.limits = limits
        self.note = note
    }

    /// The account's transport. Makes no connection yet. Throws when a file or a proxy that the settings name cannot be
    /// used.
    package func transport(
        for account: AccountRecord, _ settings: ProviderSettings
    ) throws(SettingError) -> any HTTPTransport {
        let origin = Origin(account)
        let (name, provider) = (account.name, account.provider)
        if let known = kept.withLock({ $0[name] }), known.origin == origin { return known.transport }
        let wanted = try TransportSettings(settings)
        let limits = limits ?? wanted.limits
        let clients = try ProxiedClients(wanted, limits: limits, environment: environment)
        let pace = Pace(most: wanted.requestsInFlight, perSecond: wanted.requestsPerSecond)
        let transport = AsyncHTTPTransport(clients: clients, pacer: Pacer(pace), limits: limits) { [note] exchange in
            note(exchange, name, provider)
        }
        return kept.withLock { kept in
            // Several steps of an account begin at once: the first one's is everybody's.
            if let known = kept[name], known.origin == origin { return known.transport }
            kept[name] = Kept(origin: origin, transport: transport)
            return transport
        }
    }
}
