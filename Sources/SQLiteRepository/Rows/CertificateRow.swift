// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

extension IssuedCertificate: StoredRow {
    static let table = RecordTable(
        "certificates", searched: ["account", "status", "succeeded", "managed", "ends", "sha256"],
        namesTable: "certificate_names")

    var searched: [DatabaseValue] {
        [
            account.databaseValue, status.rawValue.databaseValue, (successor != nil).databaseValue,
            managed.rawValue.databaseValue, facts.notAfter.milliseconds.databaseValue, facts.sha256.databaseValue,
        ]
    }

    var names: Set<String> { searchedNames }

    var counted: [CountKey] {
        CountKey.certificate(
            status: status.rawValue, isSucceeded: successor != nil, ends: facts.notAfter.milliseconds)
    }

    static func counted(in row: Row) throws -> [CountKey] {
        CountKey.certificate(
            status: try row.decode(forColumn: "status"), isSucceeded: try row.decode(forColumn: "succeeded"),
            ends: try row.decode(forColumn: "ends"))
    }
}

extension CountKey {
    static let certificate = "certificate"
    static let expiring = "expiring"

    fileprivate static func certificate(status: String, isSucceeded: Bool, ends: Int64) -> [CountKey] {
        var keys = [CountKey(kind: certificate, key: status)]
        if status == CertificateStatus.valid.rawValue, !isSucceeded {
            keys.append(CountKey(kind: expiring, key: "\(Counts.day(of: Date(milliseconds: ends)))"))
        }
        return keys
    }
}
