// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "What a CA offers an account.",
        discussion: "Example: publicca catalog profiles --account demo",
        subcommands: [
            CatalogOrganizationsCommand.self, CatalogDomainsCommand.self, CatalogProfilesCommand.self,
        ])

    @OptionGroup(visibility: .hidden) var global: GlobalOptions
}

/// What the three catalogs have in common.
struct CatalogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Whose catalog.", valueName: "name")) var account: String
    @Flag(help: "Ask the CA first.") var refresh = false
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Only what is for this one, by id or name.", valueName: "organization"))
    var organization: String?
    @OptionGroup var waiting: WaitOption

    func show(_ kind: CatalogKind, _ session: Session) async throws(LifecycleError) -> ExitStatus {
        let composition = try await session.open()
        let known = try await composition.account(account)
        var status = ExitStatus.done
        if refresh {
            let sync = try await AccountSync(session: session, composition: composition)
                .run(known.name, wait: waiting.wait)
            if let problem = sync.problem { session.output.error(problem) }
            status = sync.status
        }
        var items = try await composition.catalog(kind, of: known.name)
        if let organization { items = try await filter(items, by: organization, composition) }
        try session.output.list(
            items.map { CatalogView.json($0) }, CatalogView.table(items, kind),
            empty: "ask the CA with: publicca account sync \(account)")
        return status
    }

    private func filter(
        _ items: [CatalogItem], by text: String, _ composition: Composition
    ) async throws(LifecycleError) -> [CatalogItem] {
        let organizations = try await composition.catalog(.organizations, of: account).compactMap(\.organization)
        let chosen = organizations.filter { $0.id.rawValue == text || $0.name.lowercased() == text.lowercased() }
        guard !chosen.isEmpty else {
            let near = NearestNames.to(text, among: organizations.map(\.name))
            throw LifecycleError(
                .notFound, "there is no organization \"\(text)\"",
                hint: near.isEmpty
                    ? "see: publicca catalog organizations --account \(account)"
                    : "did you mean \(near.map { "\"\($0)\"" }.joined(separator: " or "))?")
        }
        let ids = Set(chosen.map(\.id))
        return items.filter { item in
            switch item {
            case .organization(let organization):
                ids.contains(organization.id) || organization.parent.map { ids.contains($0) } == true
            case .domain(let domain):
                domain.delegations.map { !ids.isDisjoint(with: $0.map(\.organization)) } ?? true
            case .profile(let profile): profile.organizations.map { !ids.isDisjoint(with: $0) } ?? true
            }
        }
    }
}

struct CatalogOrganizationsCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "organizations", abstract: "Organizations and their departments.",
        usage: "publicca catalog organizations --account <name> [options]",
        discussion: "Example: publicca catalog organizations --account demo --refresh")

    @OptionGroup var options: CatalogOptions
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus { try await options.show(.organizations, session) }
}

struct CatalogDomainsCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "domains", abstract: "Domains and until when they are validated.",
        usage: "publicca catalog domains --account <name> [options]",
        discussion: "Example: publicca catalog domains --account demo --organization \"Example Company\"")

    @OptionGroup var options: CatalogOptions
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus { try await options.show(.domains, session) }
}

struct CatalogProfilesCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "profiles", abstract: "Products that can be ordered, with their terms.",
        usage: "publicca catalog profiles --account <name> [options]",
        discussion: "Example: publicca catalog profiles --account demo")

    @OptionGroup var options: CatalogOptions
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus { try await options.show(.profiles, session) }
}

extension Composition {
    /// A whole catalog as it was read last, without what has vanished.
    func catalog(_ kind: CatalogKind, of account: String) async throws(LifecycleError) -> [CatalogItem] {
        try await reading { () async throws(RepositoryError) in
            var query = CatalogQuery(account: account, kind: kind)
            var items: [CatalogItem] = []
            repeat {
                let page = try await repository.catalog(query)
                items += page.items.map(\.item)
                query.after = page.next
            } while query.after != nil
            return items
        }
    }
}
