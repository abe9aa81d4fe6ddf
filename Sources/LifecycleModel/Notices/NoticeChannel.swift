// SPDX-License-Identifier: Apache-2.0

/// Where to tell of what happens, how, and of what.
public struct NoticeChannel: Hashable, Sendable {
    public var name: String
    public var means: Means
    /// Kinds of events; empty for all.
    public var events: Set<String> = []
    /// The least that is told.
    public var severity: Severity = .warning
    /// What happens within this time is told in one message.
    public var digest: Duration = .seconds(60)

    public init(name: String, means: Means) {
        self.name = name
        self.means = means
    }

    public enum Means: Hashable, Sendable {
        /// A POST of JSON, signed with HMAC-SHA256 where there is a secret.
        case webhook(address: String, secret: SecretSource?)
        /// A program with its arguments, which reads the JSON from its standard input. No shell is between.
        case command([String])
        /// A message (RFC 5322) for a program that works like `sendmail -t`.
        case mail(to: [String], from: String?, command: [String])
    }
}
