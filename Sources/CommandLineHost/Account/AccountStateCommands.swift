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
    @Flag(help: "Also try every promise of a provider that can be tried by reading.") var contract = false
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        if contract {
            let known = try await composition.account(name)
            return try await AccountContract(session: session, composition: composition).run(known)
        }
        let account = try await composition.engine.verifyAccount(name)
        session.warn(of: account)
        let roles = account.report?.roles.joined(separator: ", ") ?? ""
        let pause = account.isPaused ? "; it is still paused, go on with: publicca account resume \(name)" : ""
        try session.output.result(
            AccountView(account: account).json,
            text: "account \(name) works" + (roles.isEmpty ? "" : " as \(roles)") + pause)
        return .done
    }
}

struct AccountSyncCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: "Read the CA's catalogs anew.",
        discussion: "Example: publicca account sync demo")

    @Argument var name: String
    @OptionGroup var waiting: WaitOption
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let sync = try await AccountSync(session: session, composition: composition).run(name, wait: waiting.wait)
        try session.output.result(AccountView(account: sync.account).json, text: sync.sentence)
        if let problem = sync.problem { session.output.error(problem) }
        return sync.status
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
