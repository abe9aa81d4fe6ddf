// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel

extension JournalEntry {
    static let columns = "sequence, at, kind, subject, name, event, detail, actor, hash"

    /// From a row of ``columns``; `nil` when the actor is none that this version knows.
    init?(_ row: Row) throws {
        guard let actor = Actor(rawValue: try row.decode(forColumn: "actor")) else { return nil }
        self.init(
            at: Date(milliseconds: try row.decode(forColumn: "at")), subject: try Subject(row),
            name: try row.decode(forColumn: "name"), event: try row.decode(forColumn: "event"),
            detail: try row.decode(forColumn: "detail"), actor: actor)
        sequence = try row.decode(forColumn: "sequence")
        hash = try row.decode(forColumn: "hash")
    }
}
