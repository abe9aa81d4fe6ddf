// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import Logging
package import Monitoring

extension Composition {
    /// The server of metrics and health; `nil` where the configuration wants none.
    ///
    /// - Parameters:
    ///   - version: this program's.
    ///   - inventoryLimit: what the configuration says now, which may be read anew while the server goes on.
    ///   - patience: how long no pass may end and no step be taken before this process is not ready any more.
    package func monitoringServer(
        version: String, inventoryLimit: @escaping @Sendable () -> Int?, patience: Duration = .seconds(300)
    ) -> MonitoringServer? {
        guard let metrics = configuration.metrics else { return nil }
        let address = MonitoringAddress(host: metrics.address, port: metrics.port)
        let page = MetricsPage(monitor, repository, inventoryLimit: inventoryLimit, version: version)
        let logger = logger
        let health = HealthReport(healthChecks(patience: patience))
        return MonitoringServer(address, Pages(metrics: page, health: health)) { _ in
            logger.notice("metrics and health are served at \(address)")
        }
    }

    /// What is said of them is seen by whoever can reach the server: no paths, and nothing of what a database says.
    func healthChecks(patience: Duration) -> [HealthCheck] {
        [
            HealthCheck("database") { [repository] in
                do throws(RepositoryError) {
                    _ = try await repository.counts()
                    return nil
                } catch {
                    return "it cannot be read"
                }
            },
            HealthCheck("key") { [repository, sealing, home] in
                do throws(LifecycleError) {
                    try await MasterKeyCheck.pass(repository, sealing, home: home)
                    return nil
                } catch {
                    return "it does not open what was sealed here"
                }
            },
            HealthCheck("pass") { [monitor] in monitor.passProblem(patience: patience) },
        ]
    }
}
