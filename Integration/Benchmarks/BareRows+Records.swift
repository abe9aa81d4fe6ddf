// SPDX-License-Identifier: Apache-2.0

import GRDB
import LifecycleModel
import PublicCA

extension BareRows {
    /// The row of a record that an engine writes while it orders, and its names.
    static func put(_ record: StoredRecord) throws -> [BareStatement] {
        switch record {
        case .order(let order):
            return try row(
                order, "orders",
                [
                    ("account", order.account), ("phase", order.phase.rawValue), ("final", order.phase.isFinal),
                    ("managed", order.managed.rawValue), ("reference", order.heldReference?.rawValue),
                    ("key", order.key.rawValue), ("caller_key", order.callerKey),
                    ("predecessor", order.predecessor?.rawValue), ("waits_for", nil),
                ]) + names(order.searchedNames, of: order, "order_names")
        case .certificate(let certificate):
            return try row(
                certificate, "certificates",
                [
                    ("account", certificate.account), ("status", certificate.status.rawValue),
                    ("succeeded", certificate.successor != nil), ("managed", certificate.managed.rawValue),
                    ("ends", certificate.facts.notAfter.milliseconds), ("sha256", certificate.facts.sha256),
                ]) + names(certificate.searchedNames, of: certificate, "certificate_names")
        case .account(let account): return try row(account, "accounts", [("paused", account.isPaused)], ["name"])
        case .key(let key): return try row(key, "keys", [], ["public_key"])
        case .managed(let managed):
            return try row(
                managed, "managed",
                [
                    ("account", managed.account), ("renewal_due", managed.renewal?.dueAt.milliseconds),
                    ("renewal_stuck", managed.renewal?.isStuck ?? false),
                ])
        case .catalog(let entry):
            return try row(
                entry, "catalog", [("name", entry.item.name), ("vanished", entry.vanishedAt != nil)],
                ["account", "kind", "id"])
        case .memory, .revocation, .importRun, .tombstone, .decision, .deployment, .channel, .alert:
            throw RepositoryError.unreadable("\(record.record.title) is not among what is measured")
        }
    }

    private static func row<Record: KeptRecord>(
        _ record: Record, _ table: String, _ searched: [(String, (any DatabaseValueConvertible)?)],
        _ identity: [String] = ["id"]
    ) throws -> [BareStatement] {
        var next = record
        next.revision += 1
        let body = String(decoding: try StoredBody.encode(next), as: UTF8.self)
        let columns = searched.map(\.0) + ["revision", "format", "body"]
        let values = searched.map(\.1) + [next.revision, StoredBody.format, body] + record.identity
        if record.revision == 0 {
            let all = columns + identity
            let marks = all.map { _ in "?" }.joined(separator: ", ")
            return [BareStatement("INSERT INTO \(table) (\(all.joined(separator: ", "))) VALUES (\(marks))", values)]
        }
        let sets = columns.map { "\($0) = ?" }.joined(separator: ", ")
        let this = identity.map { "\($0) = ?" }.joined(separator: " AND ")
        return [BareStatement("UPDATE \(table) SET \(sets) WHERE \(this)", values)]
    }

    private static func names(_ names: Set<String>, of record: some KeptRecord, _ table: String) -> [BareStatement] {
        guard record.revision == 0 else { return [] }
        return names.map {
            BareStatement(
                "INSERT INTO \(table) (id, name, reversed) VALUES (?, ?, ?)",
                [record.identity[0], $0, String($0.reversed())])
        }
    }
}
