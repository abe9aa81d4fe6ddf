// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
public import FoundationEssentials
public import LifecycleEngine
public import LifecycleModel
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
    /// Who holds this process's leases.
    package let worker: String

    /// Opens a home, and makes it on first use.
    ///
    /// Throws `configuration` for a bad `config.yaml`, and `storage` when the home, its database or its key cannot be
    /// used; nothing is then changed.
    ///
    /// - Parameters:
    ///   - isVerbose: logs every step. Without it, what a command does is not logged for people.
    ///   - logsJSON: logs lines for programs, whatever the configuration says.
    ///   - environment: where references to secrets and the master key are looked up; this process's own by default.
    ///   - workingFolder: what relative paths of secrets start from; the home by default.
    ///   - events: told of every step, beside the log; must not block.
    public static func open(
        _ home: Home, providers: [ProviderPlugin], actor: JournalEntry.Actor = .run, isVerbose: Bool = false,
        logsJSON: Bool = false, environment: [String: String] = ProcessInfo.processInfo.environment,
        workingFolder: String? = nil,
        events: @escaping @Sendable (EngineEvent) -> Void = { _ in }
    ) async throws(LifecycleError) -> Composition {
        let registry = try registry(providers)
        let configuration = try HostConfiguration.read(from: home)
        try home.prepare()
        let sealing = Sealer(try home.masterKey(environment: environment))
        let repository: SQLiteRepository
        do throws(RepositoryError) {
            repository = try SQLiteRepository(
                path: home.database, now: { Date() }, digest: { Fingerprint.sha256($0) })
        } catch {
            throw LifecycleError(error)
        }
        try await MasterKeyCheck.pass(repository, sealing, home: home)
        let log = EngineLog(configuration, actor: actor, isVerbose: isVerbose, isJSON: logsJSON)
        let secrets = SecretReader(environment: environment, workingFolder: workingFolder ?? home.path)
        let accounts = AccountOpener(
            registry: registry, secrets: secrets,
            repository: repository, sealing: sealing,
            transports: AccountTransports(environment: environment) { log?.exchange($0) })
        let worker = worker()
        let engine = LifecycleEngine(
            repository: repository, accounts: accounts, material: Material(), sealing: sealing,
            digest: { Fingerprint.sha256($0) }, notifying: try notifications(configuration.channels, secrets: secrets),
            options: EngineOptions(
                worker: worker, capacity: configuration.inventoryLimit, actor: actor),
            emit: {
                log?.write($0)
                events($0)
            })
        return Composition(
            home: home, configuration: configuration, registry: registry, repository: repository, accounts: accounts,
            engine: engine, sealing: sealing, worker: worker)
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
