// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

extension Order: StoredRow {
    static let table = RecordTable(
        "orders",
        searched: [
            "account", "phase", "final", "managed", "reference", "key", "caller_key", "predecessor", "waits_for",
            "failing",
        ],
        namesTable: "order_names")

    var searched: [DatabaseValue] {
        [
            account.databaseValue, phase.rawValue.databaseValue, phase.isFinal.databaseValue,
            managed.rawValue.databaseValue, heldReference?.rawValue.databaseValue ?? .null, key.rawValue.databaseValue,
            callerKey?.databaseValue ?? .null, predecessor?.rawValue.databaseValue ?? .null,
            waitsFor?.milliseconds.databaseValue ?? .null, isFailing.databaseValue,
        ]
    }

    /// By when whatever waits for room in the inventory ends; it is among the last where that is not known.
    private var waitsFor: Date? {
        phase == .awaitingCapacity ? waitingCertificateEndsAt ?? .distantFuture : nil
    }

    var names: Set<String> { searchedNames }
    var counted: [CountKey] { Self.counted(phase: phase.rawValue, referenced: heldReference != nil ? account : nil) }

    static func counted(in row: Row) throws -> [CountKey] {
        let reference: String? = try row.decode(forColumn: "reference")
        return counted(
            phase: try row.decode(forColumn: "phase"),
            referenced: reference == nil ? nil : try row.decode(forColumn: "account"))
    }

    private static func counted(phase: String, referenced account: String?) -> [CountKey] {
        let phases = [CountKey(kind: CountKey.order, key: phase)]
        return phases + (account.map { [CountKey(kind: CountKey.referenced, key: $0)] } ?? [])
    }
}

extension CountKey {
    static let order = "order"
    static let referenced = "referenced"
}
