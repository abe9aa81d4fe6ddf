// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel

struct DeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy", abstract: "Where certificates are served.",
        discussion: "Example: publicca deploy status",
        subcommands: [
            DeployListCommand.self, DeployRunCommand.self, DeployStatusCommand.self, DeployRollbackCommand.self,
        ])

    @OptionGroup(visibility: .hidden) var global: GlobalOptions
}

struct DeployListCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The targets in config.yaml, and how many each has.",
        discussion: "Example: publicca deploy list")

    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        var views: [TargetView] = []
        for target in composition.engine.deploymentTargets {
            var query = DeploymentQuery()
            query.target = target.name
            let records = try await DeploymentFinder(composition).all(query)
            views.append(TargetView(target: target, records: records))
        }
        try session.output.list(views.map(\.json), TargetView.table(views), empty: Self.hint)
        return .done
    }

    static let hint = "name targets under deployments in config.yaml"
}

extension Composition {
    /// Throws `configuration` where there is nowhere to bring a certificate to.
    func requireTargets() throws(LifecycleError) {
        guard engine.deploymentTargets.isEmpty else { return }
        throw LifecycleError(.configuration, "no target is configured", hint: DeployListCommand.hint)
    }
}
