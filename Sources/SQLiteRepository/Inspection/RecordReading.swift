// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel

/// Every record of a database, read as what it is.
struct RecordReading {
    /// Records that cannot be read, by the name of their table.
    private(set) var unreadable: [String: Int] = [:]
    /// With which master keys anything in them was sealed, by their identifiers.
    private(set) var masterKeys: Set<String> = []

    init(_ database: Database) throws {
        let kinds: [any StoredRow.Type] = [
            Order.self, IssuedCertificate.self, ManagedCertificate.self, RevocationRecord.self, AccountRecord.self,
            CatalogEntry.self, ImportRun.self, SealedKey.self, MemoryRecord.self, Tombstone.self, RenewalDecision.self,
            DeploymentRecord.self, ChannelRecord.self, AlertRecord.self,
        ]
        for kind in kinds { try read(kind, database) }
    }

    private mutating func read<Record: StoredRow>(_ kind: Record.Type, _ database: Database) throws {
        let bodies = try Data.fetchCursor(database, sql: "SELECT body FROM \(Record.table.name) NOT INDEXED")
        while let body = try bodies.next() {
            do {
                let record = try StoredBody.decode(kind, from: body)
                masterKeys.formUnion(record.sealedParts.values.compactMap { SealedForm.masterKey(of: $0) })
            } catch is DecodingError {
                unreadable[Record.table.name, default: 0] += 1
            }
        }
    }
}
