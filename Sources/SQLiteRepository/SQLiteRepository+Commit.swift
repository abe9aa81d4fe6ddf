// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
public import LifecycleModel

extension SQLiteRepository {
    public func commit(_ changes: ChangeSet) async throws(RepositoryError) {
        // Before the transaction, so that others wait for statements only.
        var puts: [EncodedRecord] = []
        for record in changes.puts { puts.append(try EncodedRecord(record.row)) }
        try await perform { [puts, digest] database in
            try database.inTransaction(.immediate) {
                if let claimed = changes.claimed { try database.checkLease(of: claimed) }
                try database.retire(changes.retiredKeys)
                for record in puts { try database.checkKeys(of: record.record) }
                var counts = CountChanges()
                for record in changes.deletes { try database.delete(record.row, &counts) }
                for record in puts { try database.put(record.record, body: record.body, &counts) }
                try counts.write(to: database)
                for change in changes.work { try database.apply(change) }
                if !changes.journal.isEmpty { try database.append(changes.journal, digest: digest) }
                if let last = changes.prunesJournalThrough { try database.pruneJournal(through: last) }
                return .commit
            }
        }
    }
}

/// A record at its next revision, and its body.
private struct EncodedRecord: Sendable {
    var record: any StoredRow
    var body: Data

    init(_ record: some StoredRow) throws(RepositoryError) {
        var next = record
        next.revision += 1
        do {
            body = try StoredBody.encode(next)
        } catch {
            throw .unreadable("\(record.title) cannot be written so that it can be read again")
        }
        self.record = next
    }
}
