// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import Logging

/// Turns what the engine does into log lines on standard error.
struct EngineLog: Sendable {
    let logger: Logger

    /// `nil` where nobody would read it: a command says in its own words what became of the work, so that lines for
    /// people come from it only when they are asked for.
    init?(_ configuration: HostConfiguration, actor: JournalEntry.Actor, isVerbose: Bool, isJSON: Bool) {
        guard isVerbose || actor != .cli || configuration.logFormat == .json else { return nil }
        let configured = Logger.Level(rawValue: configuration.logLevel) ?? .warning
        let level = isVerbose ? min(configured, .debug) : configured
        let format = isJSON ? .json : configuration.logFormat
        logger = Logger(label: "publicca") { _ in StandardErrorHandler(format: format, logLevel: level) }
    }

    /// One exchange with a CA: method, host, path and outcome.
    func exchange(_ line: String) { logger.debug("\(line)") }

    func write(_ event: EngineEvent) {
        switch event {
        case .stepped(let subject, let step, let note): logger.info("\(subject) \(step): \(note)")
        case .dropped(let subject, let step, let reason): logger.info("\(subject) \(step) dropped: \(reason)")
        case .deferred(let subject, let step, let reason): logger.warning("\(subject) \(step) put off: \(reason)")
        case .accountPaused(let name, let reason): logger.warning("account \(name) is paused: \(reason)")
        case .imported(let run):
            logger.info("\(run.id) listed \(run.report.listed)\(run.problem.map { ", \($0)" } ?? "")")
        }
    }
}
