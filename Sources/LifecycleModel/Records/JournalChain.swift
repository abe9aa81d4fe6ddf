// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A line of the journal by its number and its hash, which stand for all lines up to it: a check can begin behind it.
public struct JournalCheckpoint: Hashable, Sendable, Codable {
    public var sequence: Int
    public var hash: String
    /// When the line was written.
    public var at: Date

    public init(_ line: JournalEntry) { self.init(sequence: line.sequence, hash: line.hash, at: line.at) }

    /// What `journal --checkpoint` wrote, whoever had it meanwhile; `nil` for anything else.
    package init?(written: Data) {
        struct Written: Decodable {
            var sequence: Int
            var hash: String
        }
        let told: Written
        do { told = try JSONDecoder().decode(Written.self, from: written) } catch { return nil }
        let isHash =
            told.hash.utf8.count == 64 && told.hash.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        guard told.sequence > 0, isHash else { return nil }
        self.init(sequence: told.sequence, hash: told.hash, at: .distantPast)
    }

    package init(sequence: Int, hash: String, at: Date) {
        self.sequence = sequence
        self.hash = hash
        self.at = at
    }
}

/// The hash that binds each journal line to all before it.
public enum JournalChain {
    /// SHA-256 in lower-case hex over the previous hash and every field of the entry, each with its length. A field that
    /// is missing is told from one that is empty.
    ///
    /// - Parameter digest: SHA-256 of some bytes, in lower-case hex.
    public static func hash(_ entry: JournalEntry, after previous: String, digest: (Data) -> String) -> String {
        let fields = [previous] + fields(of: entry) + [entry.answer]
        let text = "v2;" + fields.map { $0.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined()
        return digest(Data(text.utf8))
    }

    /// Whether the line's hash is the one that it must have behind the line before.
    package static func binds(_ entry: JournalEntry, after previous: String, digest: (Data) -> String) -> Bool {
        entry.hash == hash(entry, after: previous, digest: digest)
            || (entry.answer == nil && entry.hash == firstHash(entry, after: previous, digest: digest))
    }

    /// As lines were bound before they could hold an answer; they are never rewritten.
    static func firstHash(_ entry: JournalEntry, after previous: String, digest: (Data) -> String) -> String {
        let fields = [previous] + fields(of: entry).map { $0 ?? "" }
        return digest(Data(fields.map { "\($0.utf8.count):\($0)" }.joined().utf8))
    }

    private static func fields(of entry: JournalEntry) -> [String?] {
        [
            "\(entry.sequence)", "\(entry.at.milliseconds)", entry.subject.kind, entry.subject.id, entry.name,
            entry.event, entry.detail, entry.actor.rawValue,
        ]
    }
}
