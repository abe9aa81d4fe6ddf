// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
public import LifecycleEngine
public import LifecycleModel
public import PublicCA
import SQLiteRepository

/// The one place that knows concrete things: a home, its database and key, the plugins, and the engine over them.
public struct Composition: Sendable {
    public let home: Home
    public let registry: ProviderRegistry
    public let repository: any LifecycleRepository
    public let engine: LifecycleEngine
    public let sealing: any Sealing

    /// Opens the home. Throws `storage` when it cannot be used, and `configuration` for clashing plugins.
    public init(
        home: Home, plugins: [ProviderPlugin], environment: [String: String], worker: String
    ) throws(LifecycleError) {
        self.home = home
        do throws(DuplicateProvider) {
            registry = try ProviderRegistry(plugins)
        } catch {
            throw LifecycleError(.configuration, error.description)
        }
        try home.prepare()
        let sealer = Sealer(try home.masterKey(environment: environment))
        do throws(RepositoryError) {
            repository = try SQLiteRepository(path: home.database, now: { Date() }, digest: Fingerprint.sha256)
        } catch {
            throw LifecycleError(error)
        }
        sealing = sealer
        let opener = AccountOpener(
            registry: registry, repository: repository, sealing: sealer, environment: environment)
        engine = LifecycleEngine(
            repository: repository, accounts: opener, material: Material(), sealing: sealer,
            digest: Fingerprint.sha256, options: EngineOptions(worker: worker, actor: .cli))
    }
}
