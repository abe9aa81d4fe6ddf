// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Accounts at CAs.",
        discussion: "Example: publicca account add demo --provider mock",
        subcommands: [
            AccountAddCommand.self, AccountSetCommand.self, AccountListCommand.self, AccountShowCommand.self,
            AccountVerifyCommand.self, AccountSyncCommand.self, AccountPauseCommand.self,
            AccountResumeCommand.self, AccountRemoveCommand.self,
        ])

    @OptionGroup(visibility: .hidden) var global: GlobalOptions
}

struct AccountListCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "All accounts.", discussion: "Example: publicca account list --json")

    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let repository = try await session.open().repository
        let accounts = try await reading { () async throws(RepositoryError) in try await repository.accounts() }
        try session.output.list(
            accounts.map { AccountView(account: $0).json }, AccountView.table(accounts),
            empty: "add one with: publicca account add NAME --provider ID")
        return .done
    }
}

struct AccountShowCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "One account.", discussion: "Example: publicca account show demo")

    @Argument var name: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let view = AccountView(account: try await session.open().account(name))
        try session.output.fields(view.json, view.fields)
        return .done
    }
}

extension Composition {
    /// An account by its name. Throws `notFound` with the nearest ones.
    func account(_ name: String) async throws(LifecycleError) -> AccountRecord {
        let (found, names) = try await reading { () async throws(RepositoryError) -> (AccountRecord?, [String]) in
            if let account = try await repository.account(name) { return (account, []) }
            return (nil, try await repository.accounts().map(\.name))
        }
        if let found { return found }
        let near = NearestNames.to(name, among: names)
        throw LifecycleError(
            .notFound, "there is no account \"\(name)\"",
            hint: near.isEmpty ? "see: publicca account list" : "did you mean \(near.joined(separator: " or "))?")
    }
}
