// SPDX-License-Identifier: Apache-2.0

import GRDB
import LifecycleModel

/// A record as a row: where it is kept, and what of it can be searched.
protocol StoredRow: KeptRecord {
    static var table: RecordTable { get }
    /// The values of the table's searched columns.
    var searched: [DatabaseValue] { get }
    /// Where it is counted.
    var counted: [CountKey] { get }
    /// Where the stored row of this kind is counted.
    static func counted(in row: Row) throws -> [CountKey]
    /// Names in the table's side table.
    var names: Set<String> { get }
}

extension StoredRow {
    var counted: [CountKey] { [] }
    static func counted(in row: Row) -> [CountKey] { [] }
    var names: Set<String> { [] }
}

/// A line of the table of counts.
struct CountKey: Hashable, Sendable {
    var kind: String
    var key: String
}

/// A table and its four statements.
struct RecordTable: Sendable {
    let name: String
    /// The table of names beside it.
    let namesTable: String?
    let identity: [String]
    let find: String
    let read: String
    let insert: String
    let update: String
    let delete: String

    init(_ name: String, identity: [String] = ["id"], searched: [String] = [], namesTable: String? = nil) {
        self.name = name
        self.namesTable = namesTable
        self.identity = identity
        let this = identity.map { "\($0) = ?" }.joined(separator: " AND ")
        let columns = searched + ["revision", "format", "body"]
        let all = columns + identity
        find = "SELECT \((["revision", "format"] + searched).joined(separator: ", ")) FROM \(name) WHERE \(this)"
        read = "SELECT body FROM \(name) WHERE \(this)"
        insert =
            "INSERT INTO \(name) (\(all.joined(separator: ", "))) "
            + "VALUES (\(all.map { _ in "?" }.joined(separator: ", ")))"
        update = "UPDATE \(name) SET \(columns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE \(this)"
        delete = "DELETE FROM \(name) WHERE \(this)"
    }
}

extension KeptRecord {
    var identityValues: [DatabaseValue] { identity.map(\.databaseValue) }
}

extension StoredRecord {
    var row: any StoredRow {
        switch self {
        case .order(let record): record
        case .certificate(let record): record
        case .managed(let record): record
        case .revocation(let record): record
        case .account(let record): record
        case .catalog(let record): record
        case .importRun(let record): record
        case .key(let record): record
        case .memory(let record): record
        case .tombstone(let record): record
        case .decision(let record): record
        case .deployment(let record): record
        case .channel(let record): record
        case .alert(let record): record
        }
    }
}
