// SPDX-License-Identifier: Apache-2.0

/// Where to tell of what happens, and of what.
public struct NoticeChannel: Hashable, Sendable {
    public var name: String
    /// Kinds of events; empty for all.
    public var events: Set<String> = []
    public var severity: Severity = .warning
    /// What happens within this time is told in one message.
    public var digest: Duration = .seconds(60)

    public init(name: String) { self.name = name }
}
