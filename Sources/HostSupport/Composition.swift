// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
public import FoundationEssentials
public import LifecycleEngine
public import LifecycleModel
package import Logging
package import Monitoring
public import PublicCA
import SQLiteRepository

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Everything concrete, put together: a home, its database and key, and the engine on top.
public struct Composition: Sendable {
    public let home: Home
    public let configuration: HostConfiguration
    public let registry: ProviderRegistry
    public let repository: any LifecycleRepository
    public let accounts: AccountOpener
    public let engine: LifecycleEngine
    package let sealing: any Sealing
    let keys: MasterKeyRing
    /// Where this process writes its log.
    package let logger: Logger
    package let monitor: Monitor
    /// Who holds this process's leases.
    package let worker: String
    package let secrets: SecretReader
    private let surroundings: ConfigurationSurroundings
    private let telling: Telling

    /// What touches the world for what works unattended, by what a configuration says.
    private struct Ports: Sendable {
        var deploying: any Deploying
        var notifying: (any Notifying)?

        init(_ configuration: HostConfiguration, _ secrets: SecretReader) throws(LifecycleError) {
            deploying = try Composition.deployments(configuration.targets, secrets: secrets)
            notifying = try Composition.notifications(configuration.channels, secrets: secrets)
        }
    }

    /// Who is told what the engine does.
    private struct Telling: Sendable {
        var actor: JournalEntry.Actor
        var isVerbose: Bool
        var logsJSON: Bool
        var isUnattended: Bool
        var events: @Sendable (EngineEvent) -> Void
    }

    /// Opens a home, and makes it on first use.
    ///
    /// Throws `configuration` for a bad `config.yaml`, and `storage` when the home, its database or its key cannot be
    /// used; nothing is then changed.
    ///
    /// - Parameters:
    ///   - isVerbose: logs every step. Without it, what a command does is not logged for people.
    ///   - logsJSON: logs lines for programs, whatever the configuration says.
    ///   - isUnattended: nobody watches: logs JSON where standard error is no terminal and the configuration does not say
    ///     otherwise.
    ///   - environment: where references to secrets and the master key are looked up; this process's own by default.
    ///   - workingFolder: what relative paths of secrets start from; the home by default.
    ///   - events: told of every step, beside the log; must not block.
    public static func open(
        _ home: Home, providers: [ProviderPlugin], actor: JournalEntry.Actor = .run, isVerbose: Bool = false,
        logsJSON: Bool = false, isUnattended: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment,
        workingFolder: String? = nil,
        events: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) async throws(LifecycleError) -> Composition {
        let registry = try registry(providers)
        let surroundings = ConfigurationSurroundings(environment: environment)
        // Only what works unattended uses all that the configuration speaks of.
        let configuration = try HostConfiguration.read(from: home, in: actor == .run ? surroundings : nil)
        try home.prepare()
        let keys = try home.masterKeys(environment: environment)
        let sealing = Sealer(keys)
        let repository: SQLiteRepository
        do throws(RepositoryError) {
            repository = try SQLiteRepository(
                path: home.database, now: { Date() }, digest: { Fingerprint.sha256($0) })
        } catch {
            throw LifecycleError(error)
        }
        try await MasterKeyCheck.pass(repository, sealing, home: home)
        let log = EngineLog(
            configuration, actor: actor, isVerbose: isVerbose, isJSON: logsJSON, isUnattended: isUnattended)
        let monitor = Monitor()
        let secrets = SecretReader(environment: environment, workingFolder: workingFolder ?? home.path)
        let accounts = AccountOpener(
            registry: registry, secrets: secrets,
            repository: repository, sealing: sealing,
            transports: AccountTransports(environment: environment) { exchange, account, provider in
                log.write(exchange, account: account, provider: provider)
                monitor.note(exchange, account: account, provider: provider)
            })
        return Composition(
            home: home, configuration: configuration, registry: registry, repository: repository, accounts: accounts,
            sealing: sealing, keys: keys, monitor: monitor, worker: worker(), secrets: secrets,
            surroundings: surroundings,
            ports: try Ports(configuration, secrets),
            telling: Telling(
                actor: actor, isVerbose: isVerbose, logsJSON: logsJSON, isUnattended: isUnattended, events: events))
    }

    private init(
        home: Home, configuration: HostConfiguration, registry: ProviderRegistry,
        repository: any LifecycleRepository, accounts: AccountOpener, sealing: any Sealing,
        keys: MasterKeyRing, monitor: Monitor, worker: String, secrets: SecretReader,
        surroundings: ConfigurationSurroundings, ports: Ports, telling: Telling
    ) {
        self.home = home
        self.configuration = configuration
        self.registry = registry
        self.repository = repository
        self.accounts = accounts
        self.sealing = sealing
        self.keys = keys
        self.monitor = monitor
        self.worker = worker
        self.secrets = secrets
        self.surroundings = surroundings
        self.telling = telling
        let log = EngineLog(
            configuration, actor: telling.actor, isVerbose: telling.isVerbose, isJSON: telling.logsJSON,
            isUnattended: telling.isUnattended)
        self.logger = log.logger
        var options = EngineOptions(
            worker: worker, parallel: configuration.parallel, capacity: configuration.inventoryLimit,
            renewal: configuration.renewal, windows: configuration.windows, schedules: configuration.schedules,
            journalAge: configuration.journalAge, actor: telling.actor)
        options.lease = configuration.lease
        // A question that outlasts its lease is asked by two.
        options.readDeadline = min(options.readDeadline, options.lease / 2)
        if telling.actor == .run { options.readGrace = .seconds(5) }
        self.engine = LifecycleEngine(
            repository: repository, accounts: accounts, material: Material(), sealing: sealing,
            digest: { Fingerprint.sha256($0) }, deploying: ports.deploying, notifying: ports.notifying,
            time: .host, options: options,
            emit: { [events = telling.events] in
                log.write($0)
                monitor.note($0)
                events($0)
            })
    }

    /// The same home by what its configuration says now. Throws all that is wrong with that.
    package func reconfigured() throws(ConfigurationFailure) -> Composition {
        let configuration = try HostConfiguration.checked(from: home, in: surroundings)
        let ports: Ports
        do throws(LifecycleError) {
            ports = try Ports(configuration, secrets)
        } catch {
            throw ConfigurationFailure(problems: [error.description])
        }
        return Composition(
            home: home, configuration: configuration, registry: registry, repository: repository, accounts: accounts,
            sealing: sealing, keys: keys, monitor: monitor, worker: worker, secrets: secrets,
            surroundings: surroundings,
            ports: ports, telling: telling)
    }

    /// The plugins by id. Throws `configuration` when two share one.
    public static func registry(_ providers: [ProviderPlugin]) throws(LifecycleError) -> ProviderRegistry {
        do throws(DuplicateProvider) {
            return try ProviderRegistry(providers)
        } catch {
            throw LifecycleError(.configuration, error.description)
        }
    }

    /// Unique among the processes that share a database, and telling for whoever reads a lease.
    private static func worker() -> String {
        let chance = String(UInt32.random(in: 0...UInt32.max), radix: 36)
        return "\(ProcessInfo.processInfo.hostName.prefix(40)):\(getpid()):\(chance)"
    }
}
