// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCATesting
import RepositoryTesting
import SQLiteRepository
import Synchronization

/// Whether a host is still there. It may be lost in the middle of a step, with or without its last act being done.
final class Lifeline: Sendable {
    enum Breath { case whole, last, over }

    private struct State {
        var left = Int.max
        var acts = false
    }

    private let state = Mutex(State())

    var isLost: Bool { state.withLock { $0.left <= 0 } }

    /// - Parameters:
    ///   - breaths: how often it still reaches the repository or a CA.
    ///   - acts: whether the last time is carried out, though it never hears of it.
    func end(after breaths: Int, acts: Bool) { state.withLock { $0 = State(left: breaths, acts: acts) } }

    /// To be asked before each act that others can see.
    func breathe() -> Breath {
        state.withLock { state in
            guard state.left > 0 else { return .over }
            guard state.left < .max else { return .whole }
            state.left -= 1
            return state.left > 0 ? .whole : state.acts ? .last : .over
        }
    }
}

/// The repository as one host reaches it.
struct YearRepository: ForwardingRepository {
    let inner: SQLiteRepository
    let life: Lifeline
    let ledger: YearLedger

    func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        let breath = life.breathe()
        guard breath != .over else { throw Self.gone }
        let changes = ledger.breakage?(changes) ?? changes
        try await inner.commit(changes)
        ledger.note(changes)
        if breath == .last { throw Self.gone }
    }

    func claim(_ request: WorkClaim) async throws(RepositoryError) -> [WorkItem] {
        guard !life.isLost else { throw Self.gone }
        return try await inner.claim(request)
    }

    private static let gone = RepositoryError.unavailable("this host was lost")
}

/// One process with an engine.
struct YearHost: Sendable {
    let life = Lifeline()
    let engine: LifecycleEngine
    /// What it has claimed and not begun.
    var item: WorkItem?

    /// Looks that concern every certificate come seldom enough that a year has room for them.
    private static func schedules(_ year: Year) -> DutySchedules {
        var schedules = DutySchedules()
        schedules.revocations = Schedule(every: .seconds(year.looks * 86400))
        schedules.renewals = Schedule(every: .seconds(28 * 86400))
        return schedules
    }

    init(_ worker: String, seed: UInt64, _ year: Year, _ surroundings: YearSurroundings) {
        var options = EngineOptions(worker: worker, parallel: 1, reads: 1)
        options.schedules = Self.schedules(year)
        if let share = year.breakage.share { options.renewal.share = share }
        let chance = Chance(seed: seed)
        options.random = { chance.next() }
        // Stands still, so that no patience ends by itself while the date moves on.
        let clock = TestTime()
        let now = surroundings.time.now
        engine = LifecycleEngine(
            repository: YearRepository(inner: surroundings.repository, life: life, ledger: surroundings.ledger),
            accounts: YearAccounts(cas: surroundings.cas, life: life), material: Material(),
            sealing: surroundings.sealer, digest: Fingerprint.sha256,
            time: EngineTime(now: now, clock: clock.clock) {
                Uptime(machine: "one", seconds: now().timeIntervalSinceReferenceDate)
            }, options: options)
    }
}
