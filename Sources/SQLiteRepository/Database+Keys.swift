// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel

extension Database {
    func retire(_ keys: Set<String>) throws {
        for key in keys { try run("INSERT OR IGNORE INTO retired_keys (id) VALUES (?)", [key.databaseValue]) }
    }

    /// Refuses what was sealed anew with a master key that is about to be dropped. What is there already may stay, until it is
    /// sealed with another one: an order goes on meanwhile.
    func checkKeys<Record: StoredRow>(of record: Record) throws {
        let parts = record.sealedParts
        guard !parts.isEmpty else { return }
        let retired = try parts.filter { try isRetired(SealedForm.masterKey(of: $0.value)) }
        guard !retired.isEmpty else { return }
        let body = try row(Record.table.read, record.identityValues)?.decode(Data.self, atIndex: 0)
        let known = try body.map { try StoredBody.decode(Record.self, from: $0).sealedParts } ?? [:]
        guard retired.allSatisfy({ known[$0.key] == $0.value }) else {
            throw RepositoryError.conflict("the master key of \(record.title) has been replaced")
        }
    }

    private func isRetired(_ key: String?) throws -> Bool {
        guard let key else { return false }
        return try row("SELECT 1 FROM retired_keys WHERE id = ?", [key.databaseValue]) != nil
    }
}
