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
    /// Given by the repository: binds the line to the one before, see ``JournalChain``.
    public var hash: String

    public init(at: Date, subject: Subject, name: String?, event: String, detail: String, actor: Actor) {
        self.sequence = 0
        self.at = at
        self.subject = subject
        self.name = name
        self.event = event
        self.detail = detail
        self.actor = actor
        self.hash = ""
    }

    /// Who acted.
    public enum Actor: String, Hashable, Sendable, Codable {
        case cli, run, schedule
    }
}

/// A line of the journal by its number and its hash, which stand for all lines up to it: a check can begin behind it.
public struct JournalCheckpoint: Hashable, Sendable, Codable {
    public var sequence: Int
    public var hash: String
    /// When the line was written.
    public var at: Date

    public init(_ line: JournalEntry) {
        self.sequence = line.sequence
        self.hash = line.hash
        self.at = line.at
    }
}

/// The hash that binds each journal line to all before it.
public enum JournalChain {
    /// SHA-256 in lower-case hex over the previous hash and every field of the entry, each with its length.
    ///
    /// - Parameter digest: SHA-256 of some bytes, in lower-case hex.
    public static func hash(_ entry: JournalEntry, after previous: String, digest: (Data) -> String) -> String {
        let milliseconds = Int64((entry.at.timeIntervalSince1970 * 1000).rounded())
        let fields = [
            previous, "\(entry.sequence)", "\(milliseconds)", entry.subject.kind, entry.subject.id, entry.name ?? "",
            entry.event, entry.detail, entry.actor.rawValue,
        ]
        return digest(Data(fields.map { "\($0.utf8.count):\($0)" }.joined().utf8))
    }
}
