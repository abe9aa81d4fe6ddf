// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleEngine
package import Logging
import ServiceLifecycle

/// Runs the engine until it is told to stop: then it claims nothing more, waits for the answers to what it has asked, and
/// gives back what it has not begun.
///
/// A call that hangs holds one hand and no others: what else is due goes on.
package struct EngineService: Service {
    let engine: @Sendable () -> LifecycleEngine
    let logger: Logger
    let time: EngineTime
    let onPass: @Sendable (PassReport) async -> Void

    /// - Parameters:
    ///   - engine: asked for anew for each pass, since configurations change.
    ///   - onPass: told of every pass.
    package init(
        logger: Logger, time: EngineTime = .machine, engine: @escaping @Sendable () -> LifecycleEngine,
        onPass: @escaping @Sendable (PassReport) async -> Void
    ) {
        self.engine = engine
        self.logger = logger
        self.time = time
        self.onPass = onPass
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { await work() }
    }

    /// Accounts may be added by others.
    private static let schedulesLast: TimeInterval = 60

    private enum Event: Sendable {
        case ended(RepositoryError?)
        case awake
    }

    private func work() async {
        var hands = Hands()
        var trouble = Trouble()
        var kept: (schedules: DutySchedules, at: Date)?
        await withTaskGroup(of: Event.self) { group in
            while !Task.isCancelled {
                let engine = engine()
                if hands.mayClaim(of: engine.parallel), !trouble.isResting(at: time.now()) {
                    var report = PassReport(beganAt: time.now(), endedAt: time.now(), steps: 0)
                    do throws(RepositoryError) {
                        try await keepSchedules(engine, &kept)
                        let items = try await engine.claimDue(engine.parallel - hands.busy)
                        for item in items { group.addTask { .ended(await engine.failure(of: item)) } }
                        hands.take(items.count, of: engine.parallel, next: try await engine.nextDue(), at: time.now())
                        report.steps = items.count
                        if trouble.hasEnded() { logger.warning("the repository can be used again") }
                    } catch {
                        note(error, &trouble)
                        report.problem = error.description
                    }
                    report.endedAt = time.now()
                    await onPass(report)
                }
                if let nap = hands.nap(at: time.now(), of: engine.parallel, notBefore: trouble.restsUntil) {
                    group.addTask {
                        await sleep(nap)
                        return .awake
                    }
                }
                switch await group.next() {
                case .ended(let failure):
                    hands.free(at: time.now())
                    if let failure, !trouble.isResting(at: time.now()) { note(failure, &trouble) }
                case .awake: hands.wake()
                case nil: break
                }
            }
        }
    }

    private func keepSchedules(
        _ engine: LifecycleEngine, _ kept: inout (schedules: DutySchedules, at: Date)?
    ) async throws(RepositoryError) {
        let now = time.now()
        if let kept, kept.schedules == engine.schedules, now.timeIntervalSince(kept.at) < Self.schedulesLast { return }
        try await engine.keepSchedules()
        kept = (engine.schedules, now)
    }

    private func note(_ error: RepositoryError, _ trouble: inout Trouble) {
        if trouble.isNew(error.description, at: time.now()) { logger.error("\(error.description)") }
    }

    private func sleep(_ seconds: TimeInterval) async {
        // Only cancellation ends it early, and then the loop ends.
        try? await time.clock.sleep(for: .milliseconds(Int64((seconds * 1000).rounded())))
    }
}

extension LifecycleEngine {
    /// Why a step could not be taken, as far as the repository is to blame.
    fileprivate func failure(of item: WorkItem) async -> RepositoryError? {
        do throws(RepositoryError) {
            try await work(on: item)
            return nil
        } catch {
            return error
        }
    }
}
