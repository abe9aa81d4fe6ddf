// SPDX-License-Identifier: Apache-2.0

import GRDB
import LifecycleModel

extension RepositoryError {
    /// The one place where errors of the database become ours. Nothing that was stored or asked for is told.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as RepositoryError: self = error
        case let error as DatabaseError: self.init(error, path: path)
        default: self = .unreadable("\(path) holds what cannot be read")
        }
    }

    private init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_CONSTRAINT:
            self = .conflict(Self.rule(brokenAccordingTo: error.message ?? ""))
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self = .unavailable("\(path) has been in use by other processes for too long")
        case .SQLITE_FULL:
            self = .unavailable("no room is left for \(path)")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self = .unavailable("\(path) may not be written")
        case .SQLITE_CANTOPEN:
            self = .unavailable("\(path) cannot be opened: the file or its folder is missing, or may not be written")
        case .SQLITE_IOERR:
            self = .unavailable(
                "reading or writing \(path) failed (input/output error \(error.extendedResultCode.rawValue))")
        case .SQLITE_NOTADB:
            self = .unreadable("\(path) is not a database")
        case .SQLITE_CORRUPT:
            self = .unreadable("\(path) is damaged")
        case .SQLITE_NOMEM, .SQLITE_INTERRUPT, .SQLITE_ABORT:
            self = .unavailable("\(path) cannot be used now (SQLite \(error.resultCode.rawValue))")
        default:
            self = .unreadable("\(path) is not as this program writes it (SQLite \(error.resultCode.rawValue))")
        }
    }

    /// SQLite names the columns of a rule, never the values.
    private static func rule(brokenAccordingTo message: String) -> String {
        let rules = [
            "orders.reference": "another order has this reference",
            "orders.caller_key": "another order has this caller's key",
            "orders.predecessor": "another order is to succeed this certificate",
            "certificates.sha256": "the certificate is on record already",
            "revocations.certificate": "the certificate is being revoked already",
        ]
        return rules.first { message.contains($0.key) }?.value ?? "such a record is there already"
    }
}
