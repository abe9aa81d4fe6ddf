// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

extension RenewalDecision: StoredRow {
    static let table = RecordTable("decisions", searched: ["at", "certificate"])
    var searched: [DatabaseValue] { [at.milliseconds.databaseValue, certificate.rawValue.databaseValue] }
}

extension DeploymentRecord: StoredRow {
    static let table = RecordTable("deployments", searched: ["target", "managed", "troubled"])
    var searched: [DatabaseValue] {
        [target.databaseValue, managed.rawValue.databaseValue, isTroubled.databaseValue]
    }

    var counted: [CountKey] { CountKey.deployment(isTroubled: isTroubled) }

    static func counted(in row: Row) throws -> [CountKey] {
        CountKey.deployment(isTroubled: try row.decode(forColumn: "troubled"))
    }
}

extension CountKey {
    static let deployment = "deployment"
    static let troubled = "troubled"

    fileprivate static func deployment(isTroubled: Bool) -> [CountKey] {
        [CountKey(kind: deployment, key: isTroubled ? troubled : "fine")]
    }
}

extension ChannelRecord: StoredRow {
    static let table = RecordTable("channels", identity: ["name"])
    var searched: [DatabaseValue] { [] }
}

extension AlertRecord: StoredRow {
    static let table = RecordTable("alerts", identity: ["key"])
    var searched: [DatabaseValue] { [] }
}
