// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct AccountVerifyCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Ask the CA whether it works and what it may do.",
        discussion: "Example: publicca account verify demo")

    @Argument var name: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let account = try await session.open().engine.verifyAccount(name)
        session.warn(of: account)
        let roles = account.report?.roles.joined(separator: ", ") ?? ""
        try session.output.result(
            AccountView(account: account).json,
            text: "account \(name) works" + (roles.isEmpty ? "" : " as \(roles)"))
        return .done
    }
}

struct AccountSyncCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Read the CA's catalogs anew.",
        discussion: "Example: publicca account sync demo")

    @Argument var name: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let account = try await session.syncing(name, composition)
        try session.output.result(
            AccountView(account: account).json,
            text: "account \(name) synced: \(account.lastSync.keys.map(\.rawValue).sorted().joined(separator: ", "))")
        return .done
    }
}

struct AccountPauseCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Ask nothing of the CA; what is due waits.",
        discussion: "Example: publicca account pause demo")

    @Argument var name: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let account = try await session.open().engine.pauseAccount(name)
        try session.output.result(
            AccountView(account: account).json,
            text: "account \(name) is paused; go on with: publicca account resume \(name)")
        return .done
    }
}

struct AccountResumeCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on after a pause.",
        discussion: "Example: publicca account resume demo")

    @Argument var name: String
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let account = try await session.open().engine.resumeAccount(name)
        try session.output.result(
            AccountView(account: account).json,
            text: "account \(name) goes on; do what is due with: publicca run --until-idle")
        return .done
    }
}

struct AccountRemoveCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Drop an account; orders and certificates stay.",
        discussion: "Example: publicca account remove demo --yes")

    @Argument var name: String
    @OptionGroup var answer: YesOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let account = try await composition.account(name)
        try session.confirm("Remove account \(name)?", answer)
        try await composition.engine.removeAccount(name)
        try session.output.result(
            AccountView(account: account).json, text: "account \(name) removed; its orders and certificates stay")
        return .done
    }
}

extension Session {
    /// Reads the catalogs while a person looks on.
    func syncing(_ name: String, _ composition: Composition) async throws(LifecycleError) -> AccountRecord {
        let line = ProgressLine(output)
        let progress = Task { await line.run { "reading the catalogs of account \(name) (\($0) s)" } }
        let result: Result<AccountRecord, LifecycleError>
        do throws(LifecycleError) {
            result = .success(try await composition.engine.syncCatalogs(account: name))
        } catch {
            result = .failure(error)
        }
        progress.cancel()
        await progress.value
        return try result.get()
    }
}
