// SPDX-License-Identifier: Apache-2.0

/// The settings of one account: `settings(MySettings.address)` reads one, typed.
public struct ProviderSettings: Sendable {
    private let values: [String: String]
    private let secrets: [String: Secret]

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
            throw SettingError(["setting \(name) cannot be \"\(text)\""])
        }
        return value
    }
}

/// What is wrong with the settings of an account: all of it, one sentence each.
public struct SettingError: Error, Hashable, Sendable, CustomStringConvertible {
    public var problems: [String]
    public init(_ problems: [String]) { self.problems = problems }
    public var description: String { problems.joined(separator: "; ") }
}
