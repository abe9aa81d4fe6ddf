// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct OrderImportCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in what the CA has. Resumes where it was.",
        usage: "publicca order import --account <name> [options]",
        discussion: "Example: publicca order import --account demo --dry-run")

    @Option(help: ArgumentHelp(valueName: "name")) var account: String
    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Only this one.", valueName: "reference"))
    var reference: [String] = []
    @Option(help: ArgumentHelp("Only these, in the CA's words.", valueName: "state")) var state: [String] = []
    @Flag(help: "Orders alone.") var withoutCertificates = false
    @Flag(help: "Bring back what was deleted here.") var again = false
    @Flag(help: "List and count only.") var dryRun = false
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let options = try options()
        let composition = try await session.open()
        let began = ContinuousClock.now
        let known = try await composition.account(account)
        if let problem = await composition.accounts.obstacle(to: known) { throw problem }
        if dryRun {
            if let problem = known.pauseProblem { throw problem }
            let report = try await ImportPreview(
                account: known, options: options, engine: composition.engine, accounts: composition.accounts
            ).report()
            return try show(report, problem: nil, since: began, session)
        }
        let run = try await composition.engine.importOrders(account: account, options)
        if run.report.listed > 0 {
            session.output.note(
                "goes on with the import that began at \(Dates.text(run.createdAt)); what came since then is for the next one"
            )
        }
        let watch = Watch(composition: composition, output: session.output)
        let progress = ImportProgress(run: run, composition, began: began)
        _ = try await watch.settle(.importRun(run.id), within: waiting.wait ?? 300) { await progress.describe() }
        let after = try await reading { () async throws(RepositoryError) in
            try await composition.repository.importRun(run.id)
        }
        guard let after else { throw LifecycleError(.refused, "\(run.id) is gone") }
        let status = try show(after.report, problem: after.problem, since: began, session)
        if after.isFinished {
            guard let problem = after.problem else { return status }
            throw LifecycleError(.refused, "the import ended early: \(problem)")
        }
        if let status = try await OrderOutcome(session: session, composition: composition)
            .statusWhileHeldBack(after.account)
        {
            return status
        }
        session.output.note("the import goes on with the next: publicca order import --account \(account)")
        return .pending
    }

    private func show(
        _ report: ImportReport, problem: String?, since began: ContinuousClock.Instant, _ session: Session
    ) throws(LifecycleError) -> ExitStatus {
        let (seconds, attoseconds) = (ContinuousClock.now - began).components
        let view = ImportView(
            report: report, seconds: Double(seconds) + Double(attoseconds) * 1e-18, problem: problem)
        try session.output.fields(view.json, view.fields)
        if let unlisted = report.unlisted, unlisted > 0 {
            session.output.warning(
                "the CA counts \(unlisted) more than it listed; import again; where that does not help, look in the CA's "
                    + "portal for an order in a state that is not known here, and read it with: "
                    + "publicca order import --account \(account) --reference ID")
        }
        if !report.quarantined.isEmpty, report.quarantined.count < report.listed {
            session.output.warning(
                "\(report.quarantined.count) could not be taken in and were set aside; \(view.advice)"
            )
        }
        // Of what was named, nothing was there.
        guard problem == nil, !reference.isEmpty, report.quarantined.count == report.listed,
            let first = report.quarantined.first
        else { return .done }
        session.output.error(
            LifecycleError(
                .notFound, "nothing was taken in: \(first.reference): \(first.reason)",
                hint: "see what the CA lists with: publicca order import --account \(account) --dry-run"))
        return .notFound
    }

    private func options() throws(LifecycleError) -> ImportOptions {
        var problems = ProblemList()
        if reference.contains("") { problems.add("--reference is empty", hint: "name an order as the CA does") }
        if !reference.isEmpty, !state.isEmpty {
            problems.add("--reference names orders, --state lists them, and one excludes the other", hint: "choose one")
        }
        try problems.check()
        return ImportOptions(
            references: reference.map { OrderReference($0) }, states: state,
            withoutCertificates: withoutCertificates, again: again)
    }
}
