// SPDX-License-Identifier: Apache-2.0

package import LifecycleEngine
import Logging
package import ServiceLifecycle
import UnixSignals

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
    private let others: [any Service]
    private let onPass: @Sendable (PassReport) async -> Void
    private let onConfiguration: @Sendable (Composition) async -> Void

    /// - Parameters:
    ///   - others: started before the engine, and stopped after it.
    ///   - onPass: told of every pass of the engine.
    ///   - onConfiguration: called before the first pass, and after each change of the configuration.
    package init(
        _ live: LiveComposition, others: [any Service] = [],
        onPass: @escaping @Sendable (PassReport) async -> Void = { _ in },
        onConfiguration: @escaping @Sendable (Composition) async -> Void = { _ in }
    ) {
        self.live = live
        self.others = others
        self.onPass = onPass
        self.onConfiguration = onConfiguration
    }

    /// Returns when it was told to stop and has. Throws what ended another service, and with it this one.
    package func run() async throws(LifecycleError) {
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        await onConfiguration(live.current)
        let logger = live.current.logger
        let engine = EngineService(logger: logger, engine: { [live] in live.current.engine }, onPass: onPass)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: others + [engine], logger: logger))
        let listening = Task { await listen(to: signals, for: group) }
        defer { listening.cancel() }
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
        for await signal in signals {
            guard signal != .sighup else {
                await reload()
                continue
            }
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
