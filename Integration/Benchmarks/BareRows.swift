// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import GRDB
import LifecycleModel
import PublicCA

/// One statement with its values.
struct BareStatement: Sendable {
    var sql: String
    var values: [DatabaseValue]

    init(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) {
        self.sql = sql
        self.values = values.map { $0?.databaseValue ?? .null }
    }
}

struct BareTransaction: Sendable {
    var statements: [BareStatement]
    /// Claims are made as well, so that the file grows alike, but not counted.
    var isCommit: Bool
}

/// Turns change sets into the plainest statements that leave the same rows behind: bodies encoded, hashes computed and
/// counts summed beforehand. Nothing is read, and nothing is checked.
struct BareRows {
    private var sequence = 0
    private var hash = ""
    private var counted: [String: [String]] = [:]

    mutating func transaction(of call: RepositoryCall) throws -> BareTransaction {
        switch call {
        case .claim(let request): BareTransaction(statements: [Self.claim(request)], isCommit: false)
        case .commit(let changes): BareTransaction(statements: try statements(of: changes), isCommit: true)
        }
    }

    private static func claim(_ request: WorkClaim) -> BareStatement {
        BareStatement(
            """
            UPDATE work SET worker = ?, until = ?, fence = fence + 1 WHERE number IN (
                SELECT number FROM work WHERE held = 0 AND due <= ? AND until IS NULL ORDER BY due, number LIMIT ?)
            """, [request.worker, request.dueBy.milliseconds + 120_000, request.dueBy.milliseconds, request.limit])
    }

    private mutating func statements(of changes: ChangeSet) throws -> [BareStatement] {
        var statements: [BareStatement] = []
        var sums: [String: Int] = [:]
        for record in changes.puts {
            let title = record.record.title
            for key in counted[title] ?? [] { sums[key, default: 0] -= 1 }
            counted[title] = Self.counted(record)
            for key in counted[title] ?? [] { sums[key, default: 0] += 1 }
            statements += try Self.put(record)
        }
        for (key, sum) in sums where sum != 0 {
            let parts = key.split(separator: "|").map(String.init)
            statements.append(
                BareStatement(
                    """
                    INSERT INTO counts (kind, key, count) VALUES (?, ?, ?)
                    ON CONFLICT (kind, key) DO UPDATE SET count = count + excluded.count
                    """, [parts[0], parts[1], sum]))
        }
        statements += changes.work.map(Self.work)
        for entry in changes.journal { statements.append(line(entry)) }
        return statements
    }

    private mutating func line(_ entry: JournalEntry) -> BareStatement {
        sequence += 1
        var entry = entry
        entry.sequence = sequence
        hash = JournalChain.hash(entry, after: hash, digest: Fingerprint.sha256)
        return BareStatement(
            """
            INSERT INTO journal (sequence, at, kind, subject, name, folded_name, event, detail, actor, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                sequence, entry.at.milliseconds, entry.subject.kind, entry.subject.id, entry.name,
                entry.name?.lowercased(), entry.event, entry.detail, entry.actor.rawValue, hash,
            ])
    }

    private static func work(_ change: WorkChange) -> BareStatement {
        switch change {
        case .put(let item):
            BareStatement(
                """
                INSERT INTO work (kind, subject, task, account, step, due, worker, until, held, fence)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)
                ON CONFLICT (kind, subject, task) DO UPDATE SET
                    account = excluded.account, step = excluded.step, due = excluded.due, worker = excluded.worker,
                    until = excluded.until, fence = excluded.fence
                """,
                [
                    item.subject.kind, item.subject.id, item.task, item.account, item.step, item.due.milliseconds,
                    item.lease?.worker, item.lease?.until.milliseconds, item.lease?.fence ?? 0,
                ])
        case .remove(let subject, let task):
            BareStatement(
                "DELETE FROM work WHERE kind = ? AND subject = ? AND task = ?", [subject.kind, subject.id, task])
        case .hasten(let subject, let task, let date):
            BareStatement(
                "UPDATE work SET due = min(due, ?) WHERE kind = ? AND subject = ? AND task = ?",
                [date.milliseconds, subject.kind, subject.id, task])
        }
    }

    private static func counted(_ record: StoredRecord) -> [String] {
        switch record {
        case .order(let order):
            ["order|\(order.phase.rawValue)"] + (order.heldReference == nil ? [] : ["referenced|\(order.account)"])
        case .certificate(let certificate):
            ["certificate|\(certificate.status.rawValue)"]
                + (certificate.isLive(at: certificate.facts.notBefore)
                    ? ["expiring|\(Counts.day(of: certificate.facts.notAfter))"] : [])
        default: []
        }
    }
}
