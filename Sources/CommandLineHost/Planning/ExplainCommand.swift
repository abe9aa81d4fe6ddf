// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct ExplainCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Why something is as it is, and what comes next.",
        discussion: "Example: publicca explain www.example.org")

    @Argument(help: "An id, its beginning, an account, or a common name.") var id: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let explanation = try await explain(composition)
        try session.output.result(Self.json(explanation), text: Self.text(explanation))
        return .done
    }

    /// What the text names: an id says its kind, a name may be an account's, a certificate's, or that of an order that
    /// has no certificate yet.
    private func explain(_ composition: Composition) async throws(LifecycleError) -> Explanation {
        let (engine, finder) = (composition.engine, Finder(composition.repository))
        switch id.prefix(4) {
        case "ord_": return try await engine.explain(finder.order(id))
        case "crt_": return try await engine.explain(finder.certificate(id))
        case "dep_": return try await engine.explain(deployment(composition.repository))
        case "rev_", "imp_", "mgd_":
            throw LifecycleError(
                .badInput, "explain tells of orders, certificates, deployments and accounts",
                hint: "see: publicca journal \(id)")
        default: break
        }
        let account = try await reading { () async throws(RepositoryError) in
            try await composition.repository.account(id)
        }
        if let account { return try await engine.explain(account) }
        if let certificate = try await found({ () async throws(LifecycleError) in try await finder.certificate(id) }) {
            return try await engine.explain(certificate)
        }
        if let order = try await found({ () async throws(LifecycleError) in try await finder.order(id) }) {
            return try await engine.explain(order)
        }
        throw LifecycleError(
            .notFound, "nothing here is called \"\(id)\"",
            hint: "see: publicca certificate list, publicca order list, publicca account list")
    }

    /// `nil` for what is not there.
    private func found<Record>(
        _ look: () async throws(LifecycleError) -> Record
    ) async throws(LifecycleError) -> Record? {
        do throws(LifecycleError) {
            return try await look()
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    private func deployment(_ repository: any LifecycleRepository) async throws(LifecycleError) -> DeploymentRecord {
        let found = try await reading { () async throws(RepositoryError) -> [DeploymentRecord] in
            if let exact = try await repository.deployment(DeploymentID(id)) { return [exact] }
            var query = DeploymentQuery()
            // Ids that begin with a text come right after it.
            query.after = PageCursor(id.lowercased())
            query.limit = 6
            return try await repository.deployments(query).items.filter { $0.id.rawValue.hasPrefix(id.lowercased()) }
        }
        guard let first = found.first else {
            throw LifecycleError(.notFound, "there is no deployment \(id)", hint: "see: publicca deploy list")
        }
        guard found.count == 1 else {
            let candidates = found.map { "\($0.id) \($0.commonName)" }.joined(separator: ", ")
            throw LifecycleError(.badInput, "\(id) may be any of \(candidates)", hint: "give more of the id")
        }
        return first
    }

    private static func json(_ explanation: Explanation) -> JSONDocument {
        .object([
            "subject": .text(explanation.subject.id), "kind": .text(explanation.subject.kind),
            "name": .text(explanation.name), "facts": .texts(explanation.facts), "rule": .text(explanation.rule),
            "decision": .text(explanation.decision), "nextAt": .date(explanation.nextAt),
            "changes": .texts(explanation.changes),
        ])
    }

    private static func text(_ explanation: Explanation) -> String {
        let title =
            explanation.subject.id == explanation.name
            ? explanation.subject.description : "\(explanation.subject) \(explanation.name)"
        var lines = [title] + explanation.facts.map { "  - \($0)" }
        lines += ["rule", "  \(explanation.rule)", "decision", "  \(explanation.decision)"]
        if let next = explanation.nextAt { lines += ["next", "  \(Dates.text(next))"] }
        if !explanation.changes.isEmpty {
            lines += ["what would change it"] + explanation.changes.map { "  - \($0)" }
        }
        return lines.map(\.singleLine).joined(separator: "\n")
    }
}
