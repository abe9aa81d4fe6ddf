// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// What happened to one subject, in one line. Append only.
public struct JournalEntry: Hashable, Sendable, Codable {
    /// Given by the repository, without gaps, from 1.
    public var sequence: Int
    public var at: Date
    public var subject: Subject
    /// The common name that the subject bears, so that a journal can be read by name.
    public var name: String?
    public var event: String
    public var detail: String
    public var actor: Actor
    /// SHA-256 in lower-case hex of what the CA said, where the line tells of that, see ``CAAnswer``.
    public var answer: String?
    /// Given by the repository: binds the line to the one before, see ``JournalChain``.
    public var hash: String

    public init(
        at: Date, subject: Subject, name: String?, event: String, detail: String, actor: Actor, answer: String? = nil
    ) {
        self.sequence = 0
        self.at = at
        self.subject = subject
        self.name = name
        self.event = event
        self.detail = detail
        self.actor = actor
        self.answer = answer
        self.hash = ""
    }

    /// The line as it is kept under this number: dates in milliseconds, and no character that ends a text in a database.
    package func kept(as sequence: Int) -> JournalEntry {
        var line = self
        line.sequence = sequence
        line.at = at.inMilliseconds
        line.name = name?.withoutNull
        line.event = event.withoutNull
        line.detail = detail.withoutNull
        return line
    }

    /// Who acted.
    public enum Actor: String, Hashable, Sendable, Codable {
        case cli, run, schedule
    }
}

extension String {
    fileprivate var withoutNull: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
