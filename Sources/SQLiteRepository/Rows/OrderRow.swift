// SPDX-License-Identifier: Apache-2.0

import GRDB
import LifecycleModel
import PublicCA

extension Order: StoredRow {
    static let table = RecordTable(
        "orders", searched: ["account", "phase", "final", "managed", "reference", "caller_key", "predecessor"],
        namesTable: "order_names")

    var searched: [DatabaseValue] {
        [
            account.databaseValue, phase.rawValue.databaseValue, phase.isFinal.databaseValue,
            managed.rawValue.databaseValue, reference?.rawValue.databaseValue ?? .null,
            callerKey?.databaseValue ?? .null, predecessor?.rawValue.databaseValue ?? .null,
        ]
    }

    var names: Set<String> { searchedNames }
    var counted: [CountKey] { [CountKey(kind: CountKey.order, key: phase.rawValue)] }

    static func counted(in row: Row) throws -> [CountKey] {
        [CountKey(kind: CountKey.order, key: try row.decode(forColumn: "phase"))]
    }
}

extension CountKey {
    static let order = "order"
}
