// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// Something that needs a person, from when it was first seen until it is over, and for an hour after it was told: what
/// comes and goes is not told each time.
public struct AlertRecord: Hashable, Sendable, Codable {
    /// What tells it from other alerts: its kind and what it is about.
    public var key: String
    public var revision: Int
    public var kind: String
    public var severity: Severity
    /// What it is about, for people: an id, an account.
    public var subject: String
    /// The common name that it is about.
    public var name: String?
    public var what: String
    public var hint: String
    public var since: Date
    /// When the journal last said that it is there.
    public var toldAt: Date
    /// Whose CA it waits for, see ``Attention/account``.
    public var account: String?
    /// When it was over; `nil` while it is there.
    public var endedAt: Date?

    public init(
        kind: String, severity: Severity, subject: String, name: String? = nil, what: String, hint: String, since: Date
    ) {
        self.key = "\(kind):\(subject)"
        self.revision = 0
        self.kind = kind
        self.severity = severity
        self.subject = subject
        self.name = name
        self.what = what
        self.hint = hint
        self.since = since
        self.toldAt = since
    }
}

/// How much something matters. Raw values are stored, printed and read by scripts.
public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
    case info, warning, critical

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
