// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

/// Lines of the journal as they are shown.
enum JournalView {
    static func json(_ entry: JournalEntry) -> JSONDocument {
        .object([
            "at": .text(Dates.exact(entry.at)), "subject": .text(entry.subject.id), "event": .text(entry.event),
            "detail": .text(entry.detail), "actor": .text(entry.actor.rawValue), "hash": .text(entry.hash),
            "sequence": .number(entry.sequence), "kind": .text(entry.subject.kind), "name": .optional(entry.name),
            "answer": .optional(entry.answer),
        ])
    }

    static func table(_ entries: [JournalEntry]) -> Table {
        var table = Table("AT", "SUBJECT", "EVENT", "DETAIL", "ACTOR")
        for entry in entries {
            table.add(
                Dates.text(entry.at), entry.subject.description, entry.event, entry.detail, entry.actor.rawValue)
        }
        return table
    }

    /// For a journal that goes on: no header, and no column that would have to know what comes.
    static func line(_ entry: JournalEntry) -> String {
        "\(Dates.text(entry.at))  \(entry.subject)  \(entry.event)  \(entry.detail)  (\(entry.actor.rawValue))"
            .singleLine
    }
}
