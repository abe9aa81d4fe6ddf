// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct PlanCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "What would happen by itself, and why.",
        usage: "publicca plan [options]",
        discussion: """
            Example: publicca plan --until 2027-01-31
            Works from what is on record: no CA is asked, and nothing is changed.
            """)

    @Option(help: ArgumentHelp("A day, or a time in UTC; a week ahead else.", valueName: "date")) var until: String?
    @Option(help: ArgumentHelp("Of this one alone.", valueName: "name")) var account: String?
    @OptionGroup var page: PageOptions
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let now = Date()
        var query = PlanQuery(until: try end(at: now))
        query.account = account
        query.name = page.pattern
        query.limit = page.limit
        query.after = try cursor()
        let report = try await session.open().engine.plan(query)
        var table = Table("AT", "SUBJECT", "COMMON NAME", "ACTION", "WHY")
        for step in report.steps {
            table.add(Dates.short(step.at), step.subject.description, step.commonName, step.action.rawValue, step.why)
        }
        try session.output.list(
            report.steps.map(Self.json), next: report.next, table,
            empty: page.isNarrow || account != nil
                ? "leave out conditions to see more" : "see what is kept with: publicca certificate list")
        return session.tell(ofUnreadable: report.unreadable, "record")
    }

    private static func json(_ step: PlannedStep) -> JSONDocument {
        .object([
            "at": .date(step.at), "subject": .text(step.subject.id), "kind": .text(step.subject.kind),
            "account": .text(step.account), "commonName": .text(step.commonName),
            "action": .text(step.action.rawValue), "why": .text(step.why),
        ])
    }

    private func end(at now: Date) throws(LifecycleError) -> Date {
        guard let until else { return now.addingTimeInterval(7 * 86400) }
        let typed = try Date(typed: until)
        // A day is meant with its evening.
        let end = until.contains("T") ? typed : typed.addingTimeInterval(86400)
        guard end > now else {
            throw LifecycleError(.badInput, "--until \(until) is over", hint: "give a date to come")
        }
        guard end < now.addingTimeInterval(2 * 366 * 86400) else {
            throw LifecycleError(
                .badInput, "--until \(until) is more than two years ahead", hint: "see: publicca forecast")
        }
        return end
    }

    /// A plan is continued after a row, which has a cursor of its own.
    private func cursor() throws(LifecycleError) -> String? {
        guard let after = page.after else { return nil }
        guard after.wholeMatch(of: /[0-9]{15}_.+_[a-zA-Z]+/) != nil else {
            throw LifecycleError(
                .badInput, "\"\(after)\" is not where a plan ended", hint: "give --after the cursor that it ended with")
        }
        return after
    }
}
