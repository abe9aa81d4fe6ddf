// SPDX-License-Identifier: Apache-2.0

package import LifecycleEngine
import Logging
package import Monitoring
import ServiceLifecycle
package import UnixSignals

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What works unattended: the engine, and whatever else has to be alive with it.
///
/// SIGTERM and SIGINT end it when what is under way is done, the second one at once. SIGHUP has the configuration read anew.
package struct HostService: Sendable {
    private let live: LiveComposition
    private let server: MonitoringServer?
    private let onPass: @Sendable (PassReport) async -> Void
    private let onConfiguration: @Sendable (Composition) async -> Void

    /// - Parameters:
    ///   - server: listens before the engine begins, and is stopped after it. One that cannot listen keeps the engine from
    ///     doing anything.
    ///   - onPass: told of every pass of the engine.
    ///   - onConfiguration: called before the first pass, and after each change of the configuration.
    package init(
        _ live: LiveComposition, server: MonitoringServer? = nil,
        onPass: @escaping @Sendable (PassReport) async -> Void = { _ in },
        onConfiguration: @escaping @Sendable (Composition) async -> Void = { _ in }
    ) {
        self.live = live
        self.server = server
        self.onPass = onPass
        self.onConfiguration = onConfiguration
    }

    /// Has SIGHUP wait for ``run(_:)``. To be called first of all: the opening of a home can take long, and whoever asks for
    /// a reload meanwhile would end the process.
    package static func hangups() async -> UnixSignalsSequence { await UnixSignalsSequence(trapping: .sighup) }

    /// Returns when it was told to stop and has. Throws what ended another service, and with it this one.
    ///
    /// - Parameter hangups: each has the configuration read anew, also those that came before.
    package func run(_ hangups: UnixSignalsSequence) async throws(LifecycleError) {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
        await onConfiguration(live.current)
        let logger = live.current.logger
        var services: [any Service] = []
        if let server { services.append(try await server.listening()) }
        services.append(EngineService(logger: logger, engine: { [live] in live.current.engine }, onPass: onPass))
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: services, logger: logger))
        let listening = Task { await listen(to: signals, for: group) }
        let reloading = Task { for await _ in hangups { await reload() } }
        defer {
            listening.cancel()
            reloading.cancel()
        }
        do {
            try await group.run()
        } catch let error as LifecycleError {
            throw error
        } catch {
            throw LifecycleError(.refused, "a part of the service has ended: \(error)")
        }
    }

    private func listen(to signals: UnixSignalsSequence, for group: ServiceGroup) async {
        var isStopping = false
        for await _ in signals {
            if isStopping { _exit(Self.interrupted) }
            isStopping = true
            await group.triggerGracefulShutdown()
        }
    }

    /// What remains to be done is on record, as with every way to end a command early.
    private static let interrupted: Int32 = 3

    private func reload() async {
        let former = live.current.logger
        do throws(ConfigurationFailure) {
            let notes = try live.reload()
            let logger = live.current.logger
            logger.notice("the configuration was read anew")
            for note in notes { logger.warning("\(note)") }
            await onConfiguration(live.current)
        } catch {
            for problem in error.problems { former.error("\(problem)") }
            former.error("the configuration stays as it was")
        }
    }
}
