// SPDX-License-Identifier: Apache-2.0

/// What a package contributes to add a CA: a name, its settings, and how to open an account.
public struct ProviderPlugin: Sendable {
    /// Lower case, the folder's name under `Plugins/`.
    public let id: String
    /// The CA's name as people know it.
    public let summary: String
    /// What an account of it can be told, the settings of every provider included.
    public let settings: [SettingDescription]
    /// The most that any account of it can do.
    public let capabilities: Set<Capability>
    /// What an operator should know before using it, one sentence each.
    public let notes: [String]
    /// Whether its accounts need the host's transport, and have its settings.
    public let speaksHTTP: Bool

    private let check: @Sendable ([String: String], Set<String>) -> [String]
    private let openAccount: @Sendable (ProviderContext) throws(SettingError) -> any PublicCAProvider

    /// - Parameters:
    ///   - id: lower case; the folder's name under `Plugins/`.
    ///   - summary: the CA's name as people know it.
    ///   - settings: the descriptions of the plugin's keys; those of every provider are added.
    ///   - notes: what an operator should know, one sentence each.
    ///   - speaksHTTP: whether the transport's settings (proxy, extra root, client certificate, pace) are added too.
    ///   - check: what settings are wrong together, one sentence each, given the values and the names of the secrets:
    ///     where an account logs in in one of several ways, that none of them is complete. Whatever is wrong with a
    ///     single setting is found without it.
    ///   - open: builds the provider from its context. It makes no call, and throws only for settings.
    public init<Provider: PublicCAProvider>(
        id: String, summary: String, settings: [SettingDescription], notes: [String] = [],
        speaksHTTP: Bool = true,
        check: @escaping @Sendable (_ values: [String: String], _ secretNames: Set<String>) -> [String] = { _, _ in
            []
        },
        open: @escaping @Sendable (ProviderContext) throws(SettingError) -> Provider
    ) {
        self.id = id
        self.summary = summary
        self.settings = settings + GenericSettings.common + (speaksHTTP ? GenericSettings.http : [])
        self.notes = notes
        self.speaksHTTP = speaksHTTP
        self.check = check
        self.capabilities = Capability.declared(by: Provider.self)
        self.openAccount = { context throws(SettingError) in try open(context) }
    }

    /// Opens an account. Makes no call at the CA.
    public func open(_ context: ProviderContext) throws(SettingError) -> any PublicCAProvider {
        try openAccount(context)
    }

    /// Everything that is wrong with these settings, one sentence each; empty when an account can be opened.
    public func problems(values: [String: String], secretNames: Set<String>) -> [String] {
        let known = Dictionary(settings.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        var problems: [String] = []
        for (name, text) in values.sorted(by: { $0.key < $1.key }) {
            guard let setting = known[name] else {
                problems.append(
                    "provider \(id) has no setting \(name.inLine(of: 80)); it has \(settings.map(\.name).joined(separator: ", "))"
                )
                continue
            }
            if setting.isSecret {
                problems.append("\(name) is a secret; give it with --secret \(name)=SOURCE")
            } else if !setting.accepts(text) {
                problems.append(setting.refusal(of: text))
            }
        }
        for name in secretNames.sorted() where known[name]?.isSecret != true {
            problems.append("provider \(id) has no secret \(name.inLine(of: 80))")
        }
        for setting in settings where setting.isRequired {
            if setting.isSecret ? !secretNames.contains(setting.name) : values[setting.name] == nil {
                problems.append(
                    "\(setting.isSecret ? "secret" : "setting") \(setting.name) is missing: \(setting.help)")
            }
        }
        return problems + check(values, secretNames)
    }
}
