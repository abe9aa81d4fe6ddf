// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCATesting
import Synchronization

/// One process with an engine, and the gate that everything of it goes by.
struct Host: Sendable {
    let gate: Gate
    let engine: LifecycleEngine

    /// - Parameter machine: what it runs on; those on one machine trust each other's watch.
    init(
        _ worker: String, on machine: String, seed: UInt64, in surroundings: Surroundings, _ scenario: Scenario,
        _ gate: Gate = Gate()
    ) {
        self.gate = gate
        // Stands still, so that no patience ends by itself while the date moves on.
        let clock = TestTime()
        let ledger = surroundings.ledger
        let provider = ExploredProvider(
            inner: surroundings.ca.provider, gate: gate, ledger: ledger, surroundings: surroundings, clock: clock)
        var options = EngineOptions(worker: worker, parallel: 1, reads: 1)
        options.capacity = scenario.capacity
        options.journalAge = scenario.journalAge
        if scenario.isDutiful {
            let hourly = Schedule(every: .seconds(3600))
            options.schedules.catalogs = hourly
            options.schedules.orders = hourly
            options.schedules.renewals = hourly
            options.schedules.revocations = hourly
            options.schedules.retention = hourly
        }
        let chance = Chance(seed: seed)
        options.random = { chance.next() }
        engine = LifecycleEngine(
            repository: ExploredRepository(inner: surroundings.repository, gate: gate, ledger: ledger),
            accounts: SingleProvider(provider), material: Material(), sealing: surroundings.sealer,
            digest: Fingerprint.sha256, deploying: surroundings.places, notifying: surroundings.inbox,
            time: EngineTime(now: surroundings.time.now, clock: clock.clock) {
                Uptime(machine: machine, seconds: surroundings.time.now().timeIntervalSinceReferenceDate)
            }, options: options)
    }
}

/// Another seed for each generator that is asked for, the same ones in each life.
final class Chance: Sendable {
    private let random: Mutex<SeededRandom>

    init(seed: UInt64) { random = Mutex(SeededRandom(seed: seed)) }

    func next() -> SeededRandom { random.withLock { SeededRandom(seed: $0.next()) } }
}
