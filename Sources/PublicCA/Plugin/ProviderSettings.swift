// SPDX-License-Identifier: Apache-2.0

/// The settings of one account: `settings(MySettings.address)` reads one, typed.
public struct ProviderSettings: Sendable {
    private let values: [String: String]
    private let secrets: [String: Secret]

    /// - Parameters:
    ///   - values: by the settings' names, as people write them.
    ///   - secrets: by the settings' names.
    public init(values: [String: String] = [:], secrets: [String: Secret] = [:]) {
        self.values = values
        self.secrets = secrets
    }

    /// The value, or the key's default.
    ///
    /// Throws when there is neither, or when the text is not of the key's kind.
    public func callAsFunction<Value>(_ key: SettingKey<Value>) throws(SettingError) -> Value {
        guard let value = try optional(key) else {
            throw SettingError(["setting \(key.description.name) is missing"])
        }
        return value
    }

    /// The value, or the key's default, or `nil`. Throws when the text is not of the key's kind.
    public func optional<Value>(_ key: SettingKey<Value>) throws(SettingError) -> Value? {
        let name = key.description.name
        if let seal = key.seal { return secrets[name].map(seal) }
        guard let text = values[name] else { return key.fallback }
        guard let value = key.parse(text) else {
            throw SettingError([key.description.refusal(of: text)])
        }
        return value
    }
}

/// What is wrong with the settings of an account: all of it, one sentence each.
public struct SettingError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One sentence each, safe to show: a secret is never repeated.
    public var problems: [String]
    /// All that is wrong, so that a person can put it right at once.
    public init(_ problems: [String]) { self.problems = problems }
    /// The problems in one line.
    public var description: String { problems.joined(separator: "; ") }
}
