// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct DeployRunCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Deploy now: what is new or in trouble, or one again.",
        usage: "publicca deploy run [<id>] [--wait <seconds>]",
        discussion: """
            Example: publicca deploy run www.example.org
            With an id, all steps are done again, outside of maintenance windows too.
            """)

    @Argument(help: "A deployment or a certificate; else all that need it.") var id: String?
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        try composition.requireTargets()
        let finder = DeploymentFinder(composition)
        var begun = try await composition.engine.reconcileDeployments()
        if let id {
            begun = []
            let found = try await finder.deployments(id)
            let active = found.filter { $0.phase != .superseded }
            // Where all are superseded, the engine refuses, and says by what.
            for record in active.isEmpty ? found : active {
                begun.append(try await composition.engine.redeploy(record.id).id)
            }
        } else {
            var query = DeploymentQuery()
            query.isTroubled = true
            for record in try await finder.all(query) where !begun.contains(record.id) {
                begun.append(try await composition.engine.redeploy(record.id).id)
            }
        }
        let outcome = DeployOutcome(session: session, composition: composition)
        return try await outcome.follow(begun, within: waiting.wait ?? 300)
    }
}

struct DeployRollbackCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Put back what a target had before.",
        usage: "publicca deploy rollback <target> [--name <cn>] [--yes]",
        discussion: """
            Example: publicca deploy rollback web --name www.example.org --yes
            It stays until a newer certificate comes, or until: publicca deploy run
            """)

    @Argument(help: "A target's name in config.yaml.") var target: String
    @Option(help: ArgumentHelp("Of which certificate, or a deployment's id.", valueName: "cn")) var name: String?
    @OptionGroup var answer: YesOption
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        try composition.requireTargets()
        let names = composition.engine.deploymentTargets.map(\.name)
        guard names.contains(target) else {
            let near = NearestNames.to(target, among: names)
            throw LifecycleError(
                .notFound, "there is no target \"\(target)\"",
                hint: near.isEmpty ? "see: publicca deploy list" : "did you mean \(near.joined(separator: " or "))?")
        }
        let record = try await DeploymentFinder(composition).deployment(at: target, of: name)
        let earlier = try await composition.engine.earlierVersion(of: record.id)
        try session.confirm("Put \(earlier.certificate) for \(record.commonName) back at \(target)?", answer)
        _ = try await composition.engine.rollBack(record.id, to: earlier)
        return try await DeployOutcome(session: session, composition: composition)
            .follow([record.id], within: waiting.wait ?? 300)
    }
}
