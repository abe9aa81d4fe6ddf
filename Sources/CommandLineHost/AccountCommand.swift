// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct AccountCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Accounts at CAs.",
        discussion: "Example: publicca account add demo --provider mock",
        subcommands: [
            Add.self, Set.self, List.self, Show.self, Verify.self, Sync.self, Pause.self, Resume.self, Remove.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds an account, verifies it, and reads its catalogs.",
            discussion: "Example: publicca account add demo --provider mock --set issue-after=2")
        @OptionGroup var global: GlobalOptions
        @Argument var name: String
        @Option var provider: String
        @Option(name: .customLong("set"), help: "KEY=VALUE") var settings: [String] = []
        @Option(name: .customLong("secret"), help: "KEY=SOURCE: -, env:NAME or file:PATH") var secrets: [String] = []
        @Flag(help: "Do not ask the CA.") var skipVerify = false

        func run() async throws {
            let host = try global.open()
            let account = AccountRecord(
                name: name, provider: provider, settings: try Pairs.read(settings, "--set"),
                secrets: try Pairs.read(secrets, "--secret").mapValues { try SecretReference.read($0) },
                createdAt: Date())
            guard host.registry[provider] != nil else {
                let names = host.registry.plugins.map(\.id).joined(separator: ", ")
                throw LifecycleError(.badInput, "there is no provider \"\(provider)\"", hint: "there is \(names)")
            }
            var added = try await host.engine.addAccount(account, verifies: !skipVerify)
            for warning in added.report?.warnings ?? [] { Output.note("warning: \(warning)") }
            if !skipVerify { added = try await host.engine.syncCatalogs(account: name) }
            if global.isJSON { return try Output.json(AccountBody(added)) }
            print("account \(name) added")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists accounts.")
        @OptionGroup var global: GlobalOptions

        func run() async throws {
            let host = try global.open()
            let accounts = try await host.stored { () async throws(RepositoryError) in
                try await host.repository.accounts()
            }
            if global.isJSON { return try Output.json(ListBody(items: accounts.map(AccountBody.init))) }
            Output.table(
                ["NAME", "PROVIDER", "STATE"],
                accounts.map { [$0.name, $0.provider, $0.pausedReason.map { "paused: \($0)" } ?? "active"] },
                empty: "publicca account add demo --provider mock")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows an account.")
        @OptionGroup var global: GlobalOptions
        @Argument var name: String

        func run() async throws {
            let host = try global.open()
            let account = try await host.stored { () async throws(RepositoryError) in
                try await host.repository.account(name)
            }
            guard let account else { throw LifecycleError(.notFound, "there is no account \"\(name)\"") }
            try Output.json(AccountBody(account))
        }
    }

    struct Verify: AccountAction {
        static let configuration = CommandConfiguration(abstract: "Asks the CA whether the account works.")
        @OptionGroup var global: GlobalOptions
        @Argument var name: String
        func act(_ engine: LifecycleEngine) async throws -> AccountRecord { try await engine.verifyAccount(name) }
    }

    struct Sync: AccountAction {
        static let configuration = CommandConfiguration(abstract: "Reads organizations, domains and profiles anew.")
        @OptionGroup var global: GlobalOptions
        @Argument var name: String
        func act(_ engine: LifecycleEngine) async throws -> AccountRecord {
            try await engine.syncCatalogs(account: name)
        }
    }

    struct Pause: AccountAction {
        static let configuration = CommandConfiguration(abstract: "Stops asking anything of the CA.")
        @OptionGroup var global: GlobalOptions
        @Argument var name: String
        func act(_ engine: LifecycleEngine) async throws -> AccountRecord { try await engine.pauseAccount(name) }
    }

    struct Resume: AccountAction {
        static let configuration = CommandConfiguration(abstract: "Goes on after a pause.")
        @OptionGroup var global: GlobalOptions
        @Argument var name: String
        func act(_ engine: LifecycleEngine) async throws -> AccountRecord { try await engine.resumeAccount(name) }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Drops the account here; orders stay.")
        @OptionGroup var global: GlobalOptions
        @OptionGroup var confirmation: Confirmation
        @Argument var name: String

        func run() async throws {
            try confirmation.ask("remove account \(name)?")
            try await global.open().engine.removeAccount(name)
            if !global.isJSON { print("account \(name) removed; its orders and certificates stay") }
        }
    }
}

/// One call of the engine, and the account as it is then.
protocol AccountAction: AsyncParsableCommand {
    var global: GlobalOptions { get }
    func act(_ engine: LifecycleEngine) async throws -> AccountRecord
}

extension AccountAction {
    func run() async throws {
        let account = try await act(try global.open().engine)
        for warning in account.report?.warnings ?? [] { Output.note("warning: \(warning)") }
        if global.isJSON { return try Output.json(AccountBody(account)) }
        print("account \(account.name): \(account.isPaused ? "paused" : "active")")
    }
}

/// `KEY=VALUE` as people write it.
enum Pairs {
    static func read(_ texts: [String], _ option: String) throws(LifecycleError) -> [String: String] {
        var pairs: [String: String] = [:]
        for text in texts {
            guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
                throw LifecycleError(.badInput, "\(option) \"\(text)\" is not KEY=VALUE")
            }
            pairs[String(text[..<sign])] = String(text[text.index(after: sign)...])
        }
        return pairs
    }
}
