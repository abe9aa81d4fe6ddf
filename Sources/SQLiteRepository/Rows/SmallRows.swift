// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

extension ManagedCertificate: StoredRow {
    static let table = RecordTable("managed", searched: ["account", "renewal_due", "renewal_stuck"])
    var searched: [DatabaseValue] {
        [
            account.databaseValue, renewal?.dueAt.milliseconds.databaseValue ?? .null,
            (renewal?.isStuck ?? false).databaseValue,
        ]
    }

    var counted: [CountKey] {
        CountKey.renewal(due: renewal?.dueAt.milliseconds, isStuck: renewal?.isStuck ?? false)
    }

    static func counted(in row: Row) throws -> [CountKey] {
        CountKey.renewal(
            due: try row.decode(forColumn: "renewal_due"), isStuck: try row.decode(forColumn: "renewal_stuck"))
    }
}

extension CountKey {
    static let renewal = "renewal"

    fileprivate static func renewal(due: Int64?, isStuck: Bool) -> [CountKey] {
        guard let due, !isStuck else { return [] }
        return [CountKey(kind: renewal, key: "\(Counts.day(of: Date(milliseconds: due)))")]
    }
}

extension RevocationRecord: StoredRow {
    static let table = RecordTable("revocations", searched: ["certificate", "failed", "unfinished"])
    var searched: [DatabaseValue] {
        [certificate.rawValue.databaseValue, hasFailed.databaseValue, (!phase.isFinal).databaseValue]
    }
}

extension AccountRecord: StoredRow {
    static let table = RecordTable("accounts", identity: ["name"], searched: ["paused"])
    var searched: [DatabaseValue] { [isPaused.databaseValue] }
}

extension CatalogEntry: StoredRow {
    static let table = RecordTable(
        "catalog", identity: ["account", "kind", "id"], searched: ["name", "vanished", "validation_ends"])
    var searched: [DatabaseValue] {
        [
            item.name.databaseValue, (vanishedAt != nil).databaseValue,
            item.validationExpiresAt?.milliseconds.databaseValue ?? .null,
        ]
    }
}

extension ImportRun: StoredRow {
    static let table = RecordTable("imports", searched: ["account", "finished"])
    var searched: [DatabaseValue] { [account.databaseValue, isFinished.databaseValue] }
}

extension SealedKey: StoredRow {
    static let table = RecordTable("keys", identity: ["public_key"])
    var searched: [DatabaseValue] { [] }
}

extension MemoryRecord: StoredRow {
    static let table = RecordTable("memories", identity: ["account", "name"])
    var searched: [DatabaseValue] { [] }
}

extension Tombstone: StoredRow {
    static let table = RecordTable("tombstones", identity: ["account", "reference"])
    var searched: [DatabaseValue] { [] }
}
