// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// What a memory repository holds, and how a change set changes it.
struct MemoryState: Sendable {
    var records: [RecordKind: [[String]: any KeptRecord]] = [:]
    var queue = MemoryQueue()
    var journal: [JournalEntry] = []
    var journalEnd: JournalCheckpoint?
    var retiredKeys: Set<String> = []

    func all<Record: KeptRecord>(_ type: Record.Type) -> [Record] {
        records[Record.kind, default: [:]].values.compactMap { $0 as? Record }
    }

    func one<Record: KeptRecord>(_ type: Record.Type, _ identity: String...) -> Record? {
        records[Record.kind]?[identity] as? Record
    }

    mutating func claim(_ request: WorkClaim, at now: Date) -> [WorkItem] {
        let paused = Set(all(AccountRecord.self).filter(\.isPaused).map(\.name))
        return queue.claim(request, passingOver: paused, at: now)
    }

    /// Applies a change set in the order that ``ChangeSet`` names. After an error the state is of no use.
    mutating func apply(_ changes: ChangeSet, digest: (Data) -> String) throws(RepositoryError) {
        if let claimed = changes.claimed { try queue.checkLease(of: claimed) }
        retiredKeys.formUnion(changes.retiredKeys)
        for record in changes.puts { try checkKeys(of: record.record) }
        for record in changes.deletes { try delete(record.record) }
        for record in changes.puts { try put(record.record) }
        for change in changes.work { queue.apply(change) }
        for entry in changes.journal { append(entry, digest: digest) }
        if let last = changes.prunesJournalThrough {
            journal = journal.dropLast().filter { $0.sequence > last } + journal.suffix(1)
        }
    }

    private func checkKeys<Record: KeptRecord>(of record: Record) throws(RepositoryError) {
        let known = records[Record.kind]?[record.identity]?.sealedParts ?? [:]
        for (context, sealed) in record.sealedParts where known[context] != sealed {
            guard let key = SealedForm.masterKey(of: sealed), retiredKeys.contains(key) else { continue }
            throw .conflict("the master key of \(record.title) has been replaced")
        }
    }

    private func checkRevision<Record: KeptRecord>(of record: Record) throws(RepositoryError) {
        let stored = records[Record.kind]?[record.identity]?.revision ?? 0
        guard stored == record.revision else {
            throw .conflict("\(record.title) is at revision \(stored), not \(record.revision)")
        }
    }

    private mutating func delete<Record: KeptRecord>(_ record: Record) throws(RepositoryError) {
        try checkRevision(of: record)
        guard records[Record.kind]?.removeValue(forKey: record.identity) != nil else {
            throw .conflict("\(record.title) is gone")
        }
    }

    private mutating func put<Record: KeptRecord>(_ record: Record) throws(RepositoryError) {
        try checkRevision(of: record)
        try checkUniqueness(of: record)
        var next = record
        next.revision += 1
        records[Record.kind, default: [:]][record.identity] = try Self.stored(next)
    }

    /// The record as it comes back from where only its body is kept.
    private static func stored<Record: KeptRecord>(_ record: Record) throws(RepositoryError) -> Record {
        do {
            return try StoredBody.decode(Record.self, from: StoredBody.encode(record))
        } catch {
            throw .unreadable("\(record.title) cannot be written so that it can be read again")
        }
    }

    private mutating func append(_ entry: JournalEntry, digest: (Data) -> String) {
        var line = entry.kept(as: (journalEnd?.sequence ?? 0) + 1)
        line.hash = JournalChain.hash(line, after: journalEnd?.hash ?? "", digest: digest)
        journal.append(line)
        journalEnd = JournalCheckpoint(line)
    }
}
