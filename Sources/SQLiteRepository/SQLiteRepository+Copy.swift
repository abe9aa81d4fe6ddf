// SPDX-License-Identifier: Apache-2.0

import GRDB
package import LifecycleModel

extension SQLiteRepository {
    /// Writes everything into a file of its own, as it is at one moment, while other processes go on.
    ///
    /// What was dropped is not in it, and neither is a log beside it: it can be kept on any medium. Where an index is
    /// damaged, the copy has a new one; where a table is, there is no copy.
    ///
    /// - Parameter copy: a path where there is an empty file.
    package func write(to copy: String) async throws(RepositoryError) {
        let path = path
        let written = try await perform { database in
            do {
                try database.execute(sql: "VACUUM INTO ?", arguments: [copy])
                return RepositoryError?.none
            } catch let error as DatabaseError where error.isAboutContents {
                try DatabaseRebuild.write(path, to: copy)
                return nil
            } catch let error as DatabaseError {
                // It is the copy that has no room, or no right to be written.
                return RepositoryError(error, path: copy)
            }
        }
        if let written { throw written }
    }

    /// Puts all that was committed into the one file, without a log beside it, and closes it. Nothing can be asked of it
    /// afterwards. Throws when another process has it open.
    package func finish() async throws(RepositoryError) {
        try await perform { database in
            let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = DELETE")
            guard mode == "delete" else { throw DatabaseError(resultCode: .SQLITE_BUSY) }
        }
        do {
            try queue.close()
        } catch {
            throw RepositoryError(error, path: path)
        }
    }
}

extension DatabaseError {
    /// Whether what is stored is wrong, and not the place where it is stored.
    fileprivate var isAboutContents: Bool { [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(resultCode) }
}
