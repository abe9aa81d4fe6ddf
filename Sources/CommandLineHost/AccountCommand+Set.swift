// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

extension AccountCommand {
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Changes an account, verifies it, and ends a pause.",
            discussion: "Example: publicca account set demo --set approve=MO-1007")
        @OptionGroup var global: GlobalOptions
        @Argument var name: String
        @Option(name: .customLong("set"), help: "KEY=VALUE") var settings: [String] = []
        @Option(name: .customLong("unset"), help: "KEY") var removed: [String] = []
        @Option(name: .customLong("secret"), help: "KEY=SOURCE: env:NAME or file:PATH") var secrets: [String] = []

        func run() async throws {
            let host = try global.open()
            let known = try await host.stored { () async throws(RepositoryError) in
                try await host.repository.account(name)
            }
            guard var account = known else { throw LifecycleError(.notFound, "there is no account \"\(name)\"") }
            account.settings.merge(try Pairs.read(settings, "--set")) { _, new in new }
            account.secrets.merge(try Pairs.read(secrets, "--secret").mapValues { try SecretReference.read($0) }) {
                _, new in new
            }
            for key in removed {
                account.settings[key] = nil
                account.secrets[key] = nil
            }
            let changed = try await host.engine.setAccount(account)
            for warning in changed.report?.warnings ?? [] { Output.note("warning: \(warning)") }
            if global.isJSON { return try Output.json(AccountBody(changed)) }
            print("account \(name) changed and verified")
        }
    }
}

/// An account's secret as people name it: a reference that stays one.
enum SecretReference {
    static func read(_ text: String) throws(LifecycleError) -> SecretSource {
        if text.hasPrefix("env:") { return .environment(String(text.dropFirst(4))) }
        if text.hasPrefix("file:") {
            let path = String(text.dropFirst(5))
            _ = try SecretFile.read(path)
            return .file(path)
        }
        throw LifecycleError(.badInput, "a secret comes from env:NAME or file:PATH")
    }
}
