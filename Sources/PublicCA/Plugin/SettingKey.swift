// SPDX-License-Identifier: Apache-2.0

/// A setting of an account, declared once: it reads the value typed, and its description feeds help and validation.
public struct SettingKey<Value: Sendable>: Sendable {
    /// What people are told about it.
    public let description: SettingDescription
    let fallback: Value?
    let parse: @Sendable (String) -> Value?
    let seal: (@Sendable (Secret) -> Value)?
}

/// What people are told about a setting.
public struct SettingDescription: Hashable, Sendable {
    /// Lower case, words joined by dashes.
    public let name: String
    /// One line, without a full stop.
    public let help: String
    /// Whether it is given by a source, such as `env:NAME`, and never in clear.
    public let isSecret: Bool
    /// Whether an account cannot be opened without it.
    public let isRequired: Bool
    /// Whether it names a file of the host's, which a relative path leads to only from the folder it was typed in.
    public let isFile: Bool
    /// As people would write it; `nil` without a default.
    public let defaultValue: String?
    /// Rejects a text that the key could not read.
    let accepts: @Sendable (String) -> Bool

    public static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.isSecret == right.isSecret
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension SettingDescription {
    /// Why a text is refused. What stands before an `@` may hold a password, and is not repeated.
    func refusal(of text: String) -> String {
        let shown = text.lastIndex(of: "@").map { "…\(text[$0...])" } ?? text
        return "setting \(name) cannot be \(shown.quoted): \(help)"
    }
}

extension SettingKey {
    /// Declares a setting that is required, or has a default, or is neither and then read with
    /// ``ProviderSettings/optional(_:)``.
    ///
    /// - Parameters:
    ///   - name: lower case, words joined by dashes.
    ///   - help: one line, without a full stop.
    ///   - fallback: what holds when nothing is set.
    ///   - isRequired: whether an account cannot be opened without it.
    ///   - parse: reads what people write; `nil` when it is not of this kind.
    public init(
        _ name: String, help: String, default fallback: Value? = nil, isRequired: Bool = false,
        parse: @escaping @Sendable (String) -> Value?
    ) {
        self.init(name, help, fallback, isRequired: isRequired, isFile: false, parse)
    }

    private init(
        _ name: String, _ help: String, _ fallback: Value?, isRequired: Bool, isFile: Bool,
        _ parse: @escaping @Sendable (String) -> Value?
    ) {
        self.fallback = fallback
        self.parse = parse
        self.seal = nil
        self.description = SettingDescription(
            name: name, help: help, isSecret: false, isRequired: isRequired, isFile: isFile,
            defaultValue: fallback.map { Self.written($0) }, accepts: { parse($0) != nil })
    }

    private static func written(_ value: Value) -> String {
        if let duration = value as? Duration { return "\(duration.components.seconds)s" }
        return "\(value)"
    }
}

extension SettingKey where Value == String {
    /// A text, taken as it is.
    public init(_ name: String, help: String, default fallback: String? = nil, isRequired: Bool = false) {
        self.init(name, help: help, default: fallback, isRequired: isRequired, parse: { $0 })
    }

    /// The path of a file: the host makes it absolute before it is kept.
    public init(file name: String, help: String, isRequired: Bool = false) {
        self.init(name, help, nil, isRequired: isRequired, isFile: true) { $0 }
    }
}

extension SettingKey where Value == Int {
    /// A whole number, perhaps with a sign.
    public init(_ name: String, help: String, default fallback: Int? = nil, isRequired: Bool = false) {
        self.init(name, help: help, default: fallback, isRequired: isRequired, parse: { Int($0) })
    }
}

extension SettingKey where Value == Duration {
    /// People write `90`, `90s`, `15m`, `12h` or `2d`; a bare number is seconds.
    ///
    /// - Parameters:
    ///   - name: lower case, words joined by dashes.
    ///   - help: one line, without a full stop.
    ///   - fallback: what holds when nothing is set.
    ///   - range: what makes sense; anything else is refused like a text that is no duration.
    public init(
        _ name: String, help: String, default fallback: Duration? = nil, in range: ClosedRange<Duration>? = nil
    ) {
        self.init(
            name, help: help, default: fallback,
            parse: { text in
                guard let duration = Duration(written: text), range?.contains(duration) ?? true else { return nil }
                return duration
            })
    }
}

extension SettingKey where Value == Secret {
    /// Declares a secret. It is never stored in clear and never printed.
    public init(secret name: String, help: String, isRequired: Bool = false) {
        fallback = nil
        parse = { _ in nil }
        seal = { $0 }
        description = SettingDescription(
            name: name, help: help, isSecret: true, isRequired: isRequired, isFile: false, defaultValue: nil,
            accepts: { _ in false })
    }
}

extension Duration {
    /// Reads `90`, `90s`, `15m`, `12h` or `2d`; `nil` for anything else, also for negative ones.
    init?(written text: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Int64(unit == nil ? text[...] : text.dropLast()), number >= 0, number < 1_000_000_000 else {
            return nil
        }
        self = .seconds(number * (unit ?? 1))
    }
}
