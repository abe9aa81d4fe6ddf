// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct DeployStatusCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What is served where, oldest first.",
        usage: "publicca deploy status [options]",
        discussion: "Example: publicca deploy status --troubled")

    @Option(help: ArgumentHelp("Only at this target.", valueName: "name")) var target: String?
    @Flag(help: "Only what needs a person.") var troubled = false
    @Option(help: ArgumentHelp("How many at most.", valueName: "number")) var limit = 100
    @Option(help: ArgumentHelp("Where the list before ended.", valueName: "cursor")) var after: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    }

    func run(_ session: Session) async throws -> ExitStatus {
        var query = DeploymentQuery()
        query.target = target
        query.isTroubled = troubled
        query.limit = limit
        if let after {
            guard after.hasPrefix("dep_") else {
                throw LifecycleError(
                    .badInput, "\"\(after)\" is not where a list ended", hint: "give --after the id that it ended with")
            }
            query.after = PageCursor(after)
        }
        let composition = try await session.open()
        let wanted = query
        let page = try await reading { () async throws(RepositoryError) in
            try await composition.repository.deployments(wanted)
        }
        var views: [DeploymentView] = []
        for record in page.items { views.append(try await DeploymentView.load(record, composition.repository)) }
        let isNarrow = target != nil || troubled || after != nil
        try session.output.list(
            views.map(\.json), next: page.next?.rawValue, DeploymentView.table(views),
            empty: isNarrow
                ? "leave out conditions to see more"
                : composition.engine.deploymentTargets.isEmpty
                    ? DeployListCommand.hint : "begin with: publicca deploy run")
        session.tell(ofTrouble: views)
        return session.tell(ofUnreadable: page.unreadable, "deployment")
    }
}
