// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import LifecycleEngine

/// What one process keeps of its own work, to be asked for from outside.
package struct Monitor: Sendable {
    package let registry: MetricsRegistry
    package let readiness: Readiness
    let startedAt: Date
    let now: @Sendable () -> Date
    private let metrics: EngineMetrics

    package init(now: @escaping @Sendable () -> Date = { Date() }) {
        registry = MetricsRegistry()
        readiness = Readiness()
        startedAt = now()
        self.now = now
        metrics = EngineMetrics(registry)
    }

    /// To be told of every event of the engine.
    package func note(_ event: EngineEvent) {
        metrics.count(event)
        readiness.stepTaken(at: now())
    }

    /// To be told of every exchange with a CA.
    package func note(_ exchange: Exchange, account: String, provider: String) {
        metrics.count(exchange, account: account, provider: provider)
    }

    /// To be told of every pass.
    ///
    /// - Parameter well: whether the repository could be used to its end.
    package func passEnded(after duration: Duration, well: Bool) {
        metrics.countPass(after: duration, well: well)
        readiness.passEnded(at: now(), well: well)
    }

    /// Why no work is being done, as a sentence; `nil` when it is.
    package func passProblem(patience: Duration) -> String? { readiness.problem(at: now(), patience: patience) }
}
