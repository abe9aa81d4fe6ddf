// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import Logging
import Monitoring
import Synchronization

/// What follows the passes of a service: the heartbeat after each healthy one, and, after a start or another
/// configuration, what has to be on record once before alerts and deployments go their own way.
final class Pulse: Sendable {
    private struct State {
        var composition: Composition
        var settings: HostConfiguration.Heartbeat?
        var heartbeat: Heartbeat?
        /// How many compositions were taken, and which of them is on record.
        var generation = 0
        var prepared = -1
    }

    private let state: Mutex<State>

    init(_ composition: Composition) { state = Mutex(State(composition: composition)) }

    /// A heartbeat whose settings stay the same goes on as it is.
    func take(_ composition: Composition) {
        let settings = composition.configuration.heartbeat
        let isKept = state.withLock { state in
            state.composition = composition
            state.generation += 1
            return state.settings == settings
        }
        guard !isKept else { return }
        var heartbeat: Heartbeat?
        do throws(LifecycleError) {
            heartbeat = try settings.map { (settings) throws(LifecycleError) in try composition.heartbeat(settings) }
        } catch {
            composition.logger.error("there is no heartbeat: \(error.description)")
        }
        state.withLock { [heartbeat] state in
            state.settings = settings
            state.heartbeat = heartbeat
        }
    }

    /// Tried after each pass until the repository takes it.
    func prepare() async {
        let (composition, generation, prepared) = state.withLock { ($0.composition, $0.generation, $0.prepared) }
        guard prepared != generation else { return }
        do throws(LifecycleError) {
            try await composition.engine.keepWatch()
            _ = try await composition.engine.reconcileDeployments()
            try await composition.lookForRoom()
            // Another configuration may have come meanwhile.
            if !Task.isCancelled { state.withLock { $0.prepared = generation } }
        } catch {
            composition.logger.error("alerts and deployments are not on record yet: \(error.description)")
        }
    }

    func passed(_ report: PassReport) async {
        guard report.problem == nil else { return }
        await prepare()
        state.withLock { $0.heartbeat }?.passed()
    }
}

extension Composition {
    /// The limit may have been raised.
    fileprivate func lookForRoom() async throws(LifecycleError) {
        do throws(RepositoryError) {
            try await engine.callInWaiting()
        } catch {
            throw LifecycleError(error)
        }
    }
}

extension HostService {
    /// Everything that `publicca run` keeps alive.
    ///
    /// - Parameter version: shown with the metrics.
    package static func whole(_ composition: Composition, version: String) -> HostService {
        let live = LiveComposition(composition)
        let pulse = Pulse(composition)
        let server = composition.monitoringServer(
            version: version, inventoryLimit: { live.current.configuration.inventoryLimit })
        return HostService(
            live, server: server,
            onPass: { report in
                let duration = report.endedAt.timeIntervalSince(report.beganAt)
                composition.monitor.passEnded(after: .seconds(duration), well: report.problem == nil)
                await pulse.passed(report)
            }, onConfiguration: { pulse.take($0) })
    }
}
