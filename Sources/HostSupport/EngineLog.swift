// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import Logging
import Monitoring

/// Turns what the engine does into log lines on standard error: a sentence, and what it says as fields of their own.
struct EngineLog: Sendable {
    let logger: Logger

    /// Silent where nobody would read it: a command says in its own words what became of the work, so that lines for
    /// people come from it only when they are asked for.
    ///
    /// - Parameters:
    ///   - isJSON: lines for programs, whatever the configuration says.
    ///   - isUnattended: where the configuration does not say, lines are for people on a terminal alone.
    init(
        _ configuration: HostConfiguration, actor: JournalEntry.Actor, isVerbose: Bool, isJSON: Bool,
        isUnattended: Bool
    ) {
        let format = Self.format(
            configured: configuration.logFormat, isJSON: isJSON, isUnattended: isUnattended,
            isTerminal: Terminal.isError)
        guard isVerbose || actor != .cli || configuration.logFormat == .json else {
            logger = Logger(label: Self.label) { _ in SwiftLogNoOpLogHandler() }
            return
        }
        let configured = Logger.Level(rawValue: configuration.logLevel) ?? .warning
        let level = isVerbose ? min(configured, .debug) : configured
        logger = Logger(label: Self.label) { _ in StandardErrorHandler(format: format, logLevel: level) }
    }

    /// For a logger that is there already.
    init(_ logger: Logger) { self.logger = logger }

    private static let label = "publicca"

    static func format(
        configured: HostConfiguration.LogFormat?, isJSON: Bool, isUnattended: Bool, isTerminal: Bool
    ) -> HostConfiguration.LogFormat {
        if isJSON { return .json }
        return configured ?? (isUnattended && !isTerminal ? .json : .text)
    }

    func write(_ exchange: Exchange, account: String, provider: String) {
        let milliseconds = Int(exchange.duration / .milliseconds(1))
        var fields: Logger.Metadata = [
            "account": "\(account)", "provider": "\(provider)", "method": "\(exchange.method)",
            "host": "\(exchange.host)", "path": "\(exchange.path)", "outcome": "\(exchange.outcome)",
            "milliseconds": .stringConvertible(milliseconds),
        ]
        if case .answered(let status, _) = exchange.ending { fields["status"] = .stringConvertible(status) }
        logger.debug("\(exchange.description), \(milliseconds) ms", metadata: fields)
    }

    func write(_ event: EngineEvent) {
        switch event {
        case .stepped(let subject, let step, let note):
            logger.info("\(subject) \(step): \(note)", metadata: fields(subject, step, "stepped"))
        case .dropped(let subject, let step, let reason):
            logger.info("\(subject) \(step) dropped: \(reason)", metadata: fields(subject, step, "dropped"))
        case .deferred(let subject, let step, let reason):
            logger.warning("\(subject) \(step) put off: \(reason)", metadata: fields(subject, step, "deferred"))
        case .accountPaused(let name, let reason):
            logger.warning(
                "account \(name) is paused: \(reason)", metadata: ["account": "\(name)", "outcome": "paused"])
        case .imported(let run):
            var fields = fields(.importRun(run.id), "import", "stepped")
            fields["account"] = "\(run.account)"
            fields["listed"] = .stringConvertible(run.report.listed)
            logger.info(
                "\(run.id) listed \(run.report.listed)\(run.problem.map { ", \($0)" } ?? "")", metadata: fields)
        }
    }

    private func fields(_ subject: Subject, _ step: String, _ outcome: String) -> Logger.Metadata {
        ["kind": "\(subject.kind)", "subject": "\(subject.id)", "step": "\(step)", "outcome": "\(outcome)"]
    }
}
