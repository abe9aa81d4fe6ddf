// SPDX-License-Identifier: Apache-2.0

public import PublicCA

extension ProviderPlugin {
    /// A CA of our own: it issues real certificates that nobody trusts, and misbehaves on request.
    public static let mock = ProviderPlugin(
        id: "mock", summary: "Mock CA, for demonstrations and tests", settings: MockSettings.all,
        notes: [
            "Certificates are real, but the root was made for this account alone: no one trusts it.",
            "Names are not checked against domains: any name is issued.",
            "Its orders, keys and counters live in the home beside everything else; its calls leave the machine never.",
            "Setting mischief makes it misbehave: \(Mischief.allCases.map(\.rawValue).joined(separator: ", ")).",
        ],
        speaksHTTP: false
    ) { context throws(SettingError) in
        let script = try MockScript(context.settings)
        return MockProvider(
            books: MockBooks(memory: context.memory, hasExistingOrders: true), now: context.now, script: { script },
            count: { _ in })
    }
}
