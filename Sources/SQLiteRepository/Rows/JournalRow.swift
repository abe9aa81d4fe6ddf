// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

extension JournalEntry {
    static let columns = "sequence, at, kind, subject, name, folded_name, event, detail, actor, answer, hash"

    /// What names are found by without case.
    var foldedName: String? { name?.lowercased() }
}

/// A row of ``JournalEntry/columns``, taken only as it was written: nothing is converted, and nothing is beside the line that
/// its hash does not cover.
enum JournalRow {
    case line(JournalEntry)
    case unreadable(UnreadableRow)

    /// The line's number.
    var reference: String {
        switch self {
        case .line(let line): "\(line.sequence)"
        case .unreadable(let row): row.reference
        }
    }

    init(_ row: Row) throws {
        let sequence = try row.decode(Int.self, atIndex: 0)
        let numbers = Self.number(row, 1)
        let texts = (2...10).map { Self.text(row, $0) }
        guard case .some(let at) = numbers, case .text(let kind) = texts[0], case .text(let subject) = texts[1],
            let name = texts[2].optional, let folded = texts[3].optional, case .text(let event) = texts[4],
            case .text(let detail) = texts[5], case .text(let word) = texts[6], let answer = texts[7].optional,
            case .text(let hash) = texts[8]
        else {
            self = .unreadable(UnreadableRow(reference: "\(sequence)", reason: "damaged"))
            return
        }
        guard let actor = JournalEntry.Actor(rawValue: word) else {
            self = .unreadable(UnreadableRow(reference: "\(sequence)", reason: "damaged, or of a newer version"))
            return
        }
        var line = JournalEntry(
            at: Date(milliseconds: at), subject: Subject(kind: kind, id: subject), name: name, event: event,
            detail: detail, actor: actor, answer: answer)
        line.sequence = sequence
        line.hash = hash
        guard line.at.milliseconds == at, line.foldedName.map({ Array($0.utf8) }) == folded.map({ Array($0.utf8) })
        else {
            self = .unreadable(UnreadableRow(reference: "\(sequence)", reason: "damaged"))
            return
        }
        self = .line(line)
    }

    /// A column that holds text, nothing, or what it must not.
    private enum Column {
        case text(String)
        case nothing
        case damaged

        var optional: String?? {
            switch self {
            case .text(let text): .some(text)
            case .nothing: .some(nil)
            case .damaged: nil
            }
        }
    }

    private static func text(_ row: Row, _ index: Int) -> Column {
        let value: DatabaseValue = row[index]
        switch value.storage {
        case .string(let text): return .text(text)
        case .null: return .nothing
        case .int64, .double, .blob: return .damaged
        }
    }

    private static func number(_ row: Row, _ index: Int) -> Int64? {
        let value: DatabaseValue = row[index]
        guard case .int64(let number) = value.storage else { return nil }
        return number
    }
}
