// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Settings and secrets of an account, as they are given.
struct AccountSettings: ParsableArguments {
    @Option(name: .long, parsing: .unconditionalSingleValue, help: ArgumentHelp("A setting.", valueName: "key=value"))
    var set: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A secret, from -, env:NAME, file:PATH or prompt.", valueName: "key=source"))
    var secret: [String] = []

    /// Puts what was given into the account, and opens it without a call at the CA. Throws `badInput` with everything
    /// that is wrong, `notFound` for a missing file.
    ///
    /// - Parameter former: the account as it is kept; `nil` for a new one.
    func apply(
        to account: inout AccountRecord, insteadOf former: AccountRecord?, _ plugin: ProviderPlugin,
        _ composition: Composition, _ session: Session
    ) async throws(LifecycleError) {
        let isFile = Set(plugin.settings.filter(\.isFile).map(\.name))
        var files: [String: String] = [:]
        for text in set {
            let (key, value) = try Self.pair(text, "--set KEY=VALUE")
            account.settings[key] = value
            guard isFile.contains(key) else { continue }
            // The account is used from other folders, too.
            files[key] = session.absolute(value)
            account.settings[key] = files[key]
        }
        var inputs: [(key: String, input: SecretInput)] = []
        for text in secret {
            let (key, source) = try Self.pair(text, "--secret KEY=SOURCE")
            inputs.append((key, try SecretInput(source, canGenerate: false)))
        }
        guard inputs.filter({ $0.input == .standardInput }).count < 2 else {
            throw LifecycleError(.badInput, "only one secret can come from standard input")
        }
        let names = Set(account.secrets.keys).union(inputs.map(\.key))
        let problems = plugin.problems(values: account.settings, secretNames: names)
        guard problems.isEmpty else { throw LifecycleError(.badInput, problems.joined(separator: "; ")) }
        let missing = files.sorted { $0.key < $1.key }.compactMap { key, file in
            do throws(SystemFailure) { _ = try SystemFile.read(file) } catch { return "setting \(key): \(error)" }
            return nil
        }
        guard missing.isEmpty else { throw LifecycleError(.notFound, missing.joined(separator: "; ")) }
        for (key, input) in inputs {
            account.secrets[key] = try session.secrets.source(
                input, account: account.name, key: key, sealing: composition.sealing)
        }
        guard let problem = await composition.accounts.obstacle(to: account) else { return }
        // What was kept, and can no longer be used, is no fault of what was typed.
        if let former, await composition.accounts.obstacle(to: former) != nil { throw problem }
        throw problem.code == .configuration ? LifecycleError(.badInput, problem.message) : problem
    }

    static func pair(_ text: String, _ form: String) throws(LifecycleError) -> (String, String) {
        guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            throw LifecycleError(.badInput, "a key, an equals sign and a value are wanted", hint: "write \(form)")
        }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
}
