// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleModel

/// What `/metrics` shows: what this process has counted, and what the repository says now.
package struct MetricsPage: Sendable {
    private let monitor: Monitor
    private let version: String
    private let limit: Duration
    private let clock: any Clock<Duration>
    private let inventory: SharedReading<[MetricFamily]?>

    /// - Parameters:
    ///   - inventoryLimit: the most live certificates, as it is configured now; `nil` for no limit.
    ///   - limit: how long the repository may take; the page then comes without what it would have said.
    package init(
        _ monitor: Monitor, _ repository: any LifecycleRepository, inventoryLimit: @escaping @Sendable () -> Int?,
        version: String,
        limit: Duration = .seconds(5), clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.monitor = monitor
        self.version = version
        self.limit = limit
        self.clock = clock
        let now = monitor.now
        self.inventory = SharedReading {
            do throws(RepositoryError) {
                return try await Inventory(repository: repository, limit: inventoryLimit()).families(at: now())
            } catch {
                return nil
            }
        }
    }

    package func families() async -> [MetricFamily] {
        let inventory = inventory
        let read = await answer(within: limit, on: clock) { await inventory() } ?? nil
        let lastPass = monitor.readiness.endedWellAt.map { [Sample([], $0.timeIntervalSince1970)] }
        let own = [
            MetricFamily(.repositoryUp, read == nil ? 0 : 1), MetricFamily(.lastPass, lastPass ?? []),
            MetricFamily(.build, by: [(version, 1)]),
            MetricFamily(.processStart, monitor.startedAt.timeIntervalSince1970),
        ]
        return monitor.registry.families() + (read ?? Metric.read.map { MetricFamily($0, []) }) + own
    }

    package func text() async -> String { PrometheusText.write(await families()) }
}
