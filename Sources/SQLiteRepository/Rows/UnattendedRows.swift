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
}

extension ChannelRecord: StoredRow {
    static let table = RecordTable("channels", identity: ["name"])
    var searched: [DatabaseValue] { [] }
}

extension AlertRecord: StoredRow {
    static let table = RecordTable("alerts", identity: ["key"])
    var searched: [DatabaseValue] { [] }
}
