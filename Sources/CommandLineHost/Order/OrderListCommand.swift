// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct OrderListCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Orders, oldest first.",
        usage: "publicca order list [options]",
        discussion: "Example: publicca order list --state placed --name '*.example.org'")

    @Option(help: ArgumentHelp(valueName: "name")) var account: String?
    @Option(help: ArgumentHelp("Such as placed, completed, stuck.", valueName: "state")) var state: String?
    @OptionGroup var page: PageOptions
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        var query = OrderQuery()
        query.account = account
        query.name = page.pattern
        query.limit = page.limit
        query.after = try page.cursor("ord_")
        if let state { query.phases = [try OrderPhase(state: state)] }
        let composition = try await session.open()
        if let account { _ = try await composition.account(account) }
        let wanted = query
        let found = try await reading { () async throws(RepositoryError) in
            try await composition.repository.orders(wanted)
        }
        var items: [JSONDocument] = []
        if session.output.isJSON {
            for order in found.items { items.append(try await OrderView.load(order, composition.repository).json) }
        }
        try session.output.list(
            items, next: found.next?.rawValue, OrderView.table(found.items),
            empty: page.isNarrow || account != nil || state != nil
                ? "leave out conditions to see more" : "order with: publicca order create")
        return session.tell(ofUnreadable: found.unreadable, "order")
    }
}

/// Which part of a long list.
struct PageOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A name; * stands for anything.", valueName: "pattern")) var name: String?
    @Option(help: ArgumentHelp("How many at most.", valueName: "number")) var limit = 100
    @Option(help: ArgumentHelp("Where the list before ended.", valueName: "cursor")) var after: String?

    /// Labels are compared as they are kept, so that international ones are looked for as A-labels; one with an asterisk
    /// has no such form.
    var pattern: NamePattern? {
        name.map { name in
            guard name.contains("*") else { return NamePattern(Finder.normalized(name)) }
            let labels = name.split(separator: ".", omittingEmptySubsequences: false)
            return NamePattern(labels.map { $0.contains("*") ? String($0) : Finder.label($0) }.joined(separator: "."))
        }
    }

    var isNarrow: Bool { name != nil || after != nil }

    /// Lists are continued after the last id that was shown.
    func cursor(_ prefix: String) throws(LifecycleError) -> PageCursor? {
        guard let after else { return nil }
        guard after.hasPrefix(prefix) else {
            throw LifecycleError(
                .badInput, "\"\(after)\" is not where a list ended", hint: "give --after the id that it ended with")
        }
        return PageCursor(after)
    }

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    }
}

struct OrderShowCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One order.", discussion: "Example: publicca order show www.example.org")

    @Argument(help: "An id, its beginning, or a common name.") var id: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let repository = try await session.open().repository
        var view = try await OrderView.load(try await Finder(repository).order(id), repository)
        view.names = try await OrderView.CatalogNames(view.order, repository)
        try session.output.fields(view.json, view.fields)
        return .done
    }
}

extension OrderPhase {
    /// Throws `badInput` for a word that is no state, with the nearest ones.
    init(state text: String) throws(LifecycleError) {
        let known = Self.allCases.map(\.rawValue)
        guard let phase = Self.allCases.first(where: { $0.rawValue.lowercased() == text.lowercased() }) else {
            let near = NearestNames.to(text, among: known)
            throw LifecycleError(
                .badInput, "there is no state \"\(text)\"",
                hint: near.isEmpty
                    ? "choose one of \(known.joined(separator: ", "))"
                    : "did you mean \(near.joined(separator: " or "))?")
        }
        self = phase
    }
}
