// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
public import LifecycleEngine
public import LifecycleModel
public import PublicCA
public import PublicCATesting
public import RepositoryTesting

extension LifecycleEngine {
    /// An engine for a test: everything in memory, time that moves by hand, one account over the given provider.
    ///
    /// ```swift
    /// let lab = try await LifecycleEngine.testing(provider: ca.provider, time: time)
    /// let order = try await lab.engine.order(OrderWish(account: "test", profile: "Mock DV", commonName: "a.example.org"))
    /// try await lab.engine.pass()
    /// ```
    ///
    /// - Parameters:
    ///   - settings: the account's, such as a shorter `settle-time`.
    ///   - repository: shared by several engines, to try what happens after a crash; a fresh one by default.
    ///   - notifying: delivers messages; nobody is told by default.
    public static func testing(
        provider: any PublicCAProvider, time: TestTime, settings: [String: String] = [:],
        options: EngineOptions = EngineOptions(worker: "test"), repository: MemoryRepository? = nil,
        notifying: (any Notifying)? = nil
    ) async throws -> EngineLab {
        let store = repository ?? MemoryRepository(now: time.now, digest: Fingerprint.sha256)
        let events = EventLog()
        let engine = LifecycleEngine(
            repository: store, accounts: SingleProvider(provider), material: Material(),
            sealing: Sealer(MasterKey()), digest: Fingerprint.sha256, notifying: notifying,
            time: EngineTime(now: time.now, clock: time.clock), options: options, emit: { events.append($0) })
        _ = try await engine.ensureAccount("test", provider: "test", settings: settings)
        return EngineLab(engine: engine, repository: store, events: events)
    }
}
