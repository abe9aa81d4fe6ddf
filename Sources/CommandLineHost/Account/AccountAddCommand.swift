// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct AccountAddCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add an account; the CA is asked first.",
        usage: "publicca account add <name> --provider <id> [options]",
        discussion: """
            Example: publicca account add demo --provider mock
            Settings and secrets of a provider: publicca provider show ID
            """)

    @Argument(help: "How you will call it.") var name: String
    @Option(help: ArgumentHelp("See: publicca provider list.", valueName: "id")) var provider: String
    @OptionGroup var settings: AccountSettings
    @Flag(name: .long, help: "Do not ask the CA.") var skipVerify = false
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let plugin = try session.plugin(provider)
        let composition = try await session.open()
        var account = AccountRecord(
            name: name, provider: plugin.id, settings: [:], secrets: [:], createdAt: Date())
        // Until the CA says what this account may do, what its provider can do is the best guess.
        account.capabilities = plugin.capabilities
        try await settings.apply(to: &account, insteadOf: nil, plugin, composition, session)
        let added = try await composition.engine.addAccount(account, verifies: !skipVerify)
        session.warn(of: added)
        var view = AccountView(account: added)
        var hint = "; see what it offers: publicca catalog profiles --account \(name)"
        if !skipVerify {
            let sync = try await AccountSync(session: session, composition: composition).run(name, wait: nil)
            // The account works even where its catalogs cannot be read now.
            if let problem = sync.problem { session.output.warning(problem.description) }
            view = AccountView(account: sync.account)
            if try await composition.catalog(.profiles, of: name).isEmpty { hint = "" }
        }
        try session.output.result(view.json, text: "account \(name) added\(hint)")
        return .done
    }
}

struct AccountSetCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change settings or secrets; ends a pause.",
        usage: "publicca account set <name> [options]",
        discussion: "Example: publicca account set demo --secret password=prompt")

    @Argument var name: String
    @OptionGroup var settings: AccountSettings
    @Option(name: .long, help: ArgumentHelp("Forget a setting or secret.", valueName: "key"))
    var unset: [String] = []
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        guard !(settings.set.isEmpty && settings.secret.isEmpty && unset.isEmpty) else {
            throw LifecycleError(.badInput, "nothing is to be changed", hint: "add --set, --unset or --secret")
        }
        let composition = try await session.open()
        let former = try await composition.account(name)
        var account = former
        let plugin = try session.plugin(account.provider)
        for key in unset {
            let hadSetting = account.settings.removeValue(forKey: key) != nil
            let hadSecret = account.secrets.removeValue(forKey: key) != nil
            guard hadSetting || hadSecret else {
                throw LifecycleError(.badInput, "account \(name) has no setting \(key)")
            }
        }
        try await settings.apply(to: &account, insteadOf: former, plugin, composition, session)
        let changed = try await composition.engine.setAccount(account)
        session.warn(of: changed)
        try session.output.result(AccountView(account: changed).json, text: "account \(name) changed and verified")
        return .done
    }
}

extension Session {
    /// What the CA says will not work, or will soon stop working.
    func warn(of account: AccountRecord) {
        for warning in account.report?.warnings ?? [] { output.warning("account \(account.name): \(warning)") }
        for (operations, reason) in account.restrictedByReason {
            output.warning("account \(account.name) cannot \(operations): \(reason)")
        }
        if let end = account.report?.credentialsExpireAt {
            output.note("the credentials of account \(account.name) end on \(Dates.text(end))")
        }
    }
}
