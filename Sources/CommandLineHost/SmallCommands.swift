// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct ProviderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provider", abstract: "Lists the CAs that are built in.",
        discussion: "Example: publicca provider")
    @OptionGroup var global: GlobalOptions

    func run() throws {
        for plugin in CommandLineHost.plugins {
            print("\(plugin.id)  \(plugin.summary)")
            for setting in plugin.settings { print("  \(setting.name)  \(setting.help)") }
        }
    }
}

struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "Organizations, domains and profiles of an account.",
        discussion: "Example: publicca catalog profiles --account demo")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "organizations, domains or profiles") var kind: String
    @Option var account: String
    @Flag(help: "Ask the CA first.") var refresh = false

    func run() async throws {
        guard let kind = CatalogKind(rawValue: kind) else {
            throw LifecycleError(.badInput, "there is no catalog \"\(kind)\"", hint: "organizations, domains, profiles")
        }
        let host = try global.open()
        if refresh { _ = try await host.engine.syncCatalogs(account: account) }
        let page = try await host.stored { () async throws(RepositoryError) in
            try await host.repository.catalog(CatalogQuery(account: account, kind: kind))
        }
        let rows = page.items.map { [$0.item.id, $0.item.name] }
        if global.isJSON {
            return try Output.json(ListBody(items: rows.map { ["id": $0[0], "name": $0[1]] }))
        }
        Output.table(["ID", "NAME"], rows, empty: "publicca account sync \(account)")
    }
}

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "What needs a person first, then counts.",
        discussion: "Example: publicca status")
    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let host = try global.open()
        var query = OrderQuery()
        query.phases = [.stuck]
        let (stuck, accounts, counts) = try await host.stored { () async throws(RepositoryError) in
            (
                try await host.repository.orders(query).items, try await host.repository.accounts(),
                try await host.repository.counts()
            )
        }
        for account in accounts {
            if let reason = account.pausedReason { print("account \(account.name) is paused: \(reason)") }
        }
        for order in stuck { print("\(order.id) \(order.details.commonName) is stuck: \(order.problem ?? "")") }
        for (phase, count) in counts.orders.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            print("orders \(phase.rawValue): \(count)")
        }
        print("live certificates: \(counts.live)")
    }
}

struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "What happened, to one thing or to all.",
        discussion: "Example: publicca journal www.example.org")
    @OptionGroup var global: GlobalOptions
    @Argument(help: "A common name; nothing for all.") var name: String?

    func run() async throws {
        let host = try global.open()
        var query = JournalQuery()
        query.name = name
        while true {
            let page = try await host.stored { () async throws(RepositoryError) in
                try await host.repository.journal(query)
            }
            for entry in page.items {
                print("\(entry.at.formatted(.iso8601))  \(entry.subject)  \(entry.event)  \(entry.detail)")
            }
            guard page.next != nil, let last = page.items.last else { return }
            query.after = last.sequence
        }
    }
}

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Does the work that is due.", discussion: "Example: publicca run --once")
    @OptionGroup var global: GlobalOptions
    @Flag(help: "One pass over what is due now.") var once = false
    @Flag(help: "Until nothing is due within a minute.") var untilIdle = false

    func run() async throws {
        guard once != untilIdle else { throw LifecycleError(.badInput, "choose --once or --until-idle") }
        let host = try global.open()
        let isIdle = try await host.stored { () async throws(RepositoryError) in
            if once { return try await host.engine.pass() >= 0 }
            return try await host.engine.untilIdle(horizon: .seconds(60), within: .seconds(300))
        }
        if !isIdle { throw Ended.unfinished }
    }
}
