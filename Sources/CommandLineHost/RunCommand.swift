// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import Logging

struct RunCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Do what is due, until told to stop.",
        discussion: "Example: publicca run --until-idle")

    @Flag(help: "One pass over what is due now.") var once = false
    @Flag(help: "Until only the CA is at work, or 300 seconds are over.") var untilIdle = false
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        guard !(once && untilIdle) else {
            throw LifecycleError(.badInput, "--once and --until-idle exclude each other", hint: "choose one")
        }
        guard once || untilIdle else { return try await serve(session) }
        let composition = try await session.open(actor: .run)
        let engine = composition.engine
        let watch = Watch(composition: composition, output: session.output)
        // A service does so by itself, again with each new configuration.
        if once || untilIdle { try await engine.reconcileDeployments() }
        if once {
            return try await ended(
                watch.watch(limit: nil, watch.describeNext()) { () async throws(RepositoryError) in
                    try await engine.pass()
                    return true
                }, composition, session)
        }
        return try await ended(
            watch.watch(limit: 300, watch.describeNext()) { () async throws(RepositoryError) in
                try await engine.untilIdle(within: .seconds(300))
            }, composition, session)
    }

    private func ended(
        _ end: Watch.End, _ composition: Composition, _ session: Session
    ) async throws(LifecycleError) -> ExitStatus {
        let done = end == .rests
        let heldBack = try await composition.heldBack(at: Date())
        for (_, problem) in heldBack {
            session.output.warning("\(problem.message), so that what is due of it waits; \(problem.hint ?? "")")
        }
        let rest = heldBack.isEmpty ? "nothing more is due" : "nothing more is due that can be done now"
        try session.output.result(
            .object(["idle": .truth(done), "heldBack": .texts(heldBack.map(\.account.name))]),
            text: done ? rest : "there is more to do")
        return done ? .done : .pending
    }

    /// Until a signal says otherwise, see ``HostService``.
    private func serve(_ session: Session) async throws -> ExitStatus {
        let hangups = await HostService.hangups()
        let composition = try await session.open(actor: .run, isUnattended: true)
        // In the form of the lines around them, whatever level those have to have.
        var announcing = composition.logger
        announcing.logLevel = session.output.isQuiet ? .critical : .notice
        announcing.notice("running; stop with Ctrl-C")
        try await HostService.whole(composition, version: Version.text).run(hangups)
        announcing.notice("stopped; what remains to be done stays recorded")
        return .done
    }
}
