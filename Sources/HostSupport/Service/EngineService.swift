// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleEngine
package import Logging
import ServiceLifecycle

/// Runs the engine until it is told to stop: then it claims nothing more, waits for the answers to what it has asked, and
/// gives back what it has not begun.
package struct EngineService: Service {
    private let engine: @Sendable () -> LifecycleEngine
    private let logger: Logger
    private let time: EngineTime
    private let onPass: @Sendable (PassReport) async -> Void

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

    /// How long a pass goes on before the host looks around.
    private static let turn = Duration.seconds(5)
    /// Others may put work into the queue at any time.
    private static let longestNap: TimeInterval = 2
    /// Accounts may be added by others, too.
    private static let schedulesLast: TimeInterval = 60

    package func run() async throws {
        await cancelWhenGracefulShutdown { await work() }
    }

    private func work() async {
        var trouble = Trouble()
        var kept: (schedules: DutySchedules, at: Date)?
        while !Task.isCancelled {
            let engine = engine()
            var report = PassReport(beganAt: time.now(), endedAt: time.now(), steps: 0)
            var nap = Self.longestNap
            do throws(RepositoryError) {
                let isKept = kept.map { kept in
                    kept.schedules == engine.schedules
                        && time.now().timeIntervalSince(kept.at) < Self.schedulesLast
                }
                if isKept != true {
                    try await engine.keepSchedules()
                    kept = (engine.schedules, time.now())
                }
                report.steps = try await engine.pass(within: Self.turn)
                if let due = try await engine.nextDue() { nap = min(nap, due.timeIntervalSince(time.now())) }
                if trouble.hasEnded() { logger.warning("the repository can be used again") }
            } catch {
                if trouble.isNew(error.description) { logger.error("\(error.description)") }
                report.problem = error.description
                nap = trouble.pause
            }
            report.endedAt = time.now()
            await onPass(report)
            await sleep(max(0.02, nap))
        }
    }

    private func sleep(_ seconds: TimeInterval) async {
        // Only cancellation ends it early, and then the loop ends.
        try? await time.clock.sleep(for: .milliseconds(Int64(seconds * 1000)))
    }
}

/// A repository that cannot be used is told of once, and tried again at growing pauses.
struct Trouble {
    private var problem: String?
    private var count = 0

    /// From one second to half a minute.
    var pause: TimeInterval { TimeInterval(min(30, 1 << min(count - 1, 5))) }

    mutating func isNew(_ problem: String) -> Bool {
        count += 1
        defer { self.problem = problem }
        return self.problem != problem
    }

    /// Whether there was any until now.
    mutating func hasEnded() -> Bool {
        defer { self = Trouble() }
        return problem != nil
    }
}
