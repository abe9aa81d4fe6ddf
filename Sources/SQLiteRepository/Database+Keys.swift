// SPDX-License-Identifier: Apache-2.0

import GRDB
import LifecycleModel

extension Database {
    func retire(_ keys: Set<String>) throws {
        for key in keys { try run("INSERT OR IGNORE INTO retired_keys (id) VALUES (?)", [key.databaseValue]) }
    }

    /// Refuses what was sealed with a master key that is about to be dropped.
    func checkKeys(_ keys: Set<String>) throws {
        for key in keys where try row("SELECT 1 FROM retired_keys WHERE id = ?", [key.databaseValue]) != nil {
            throw RepositoryError.conflict("the master key \(key) has been replaced")
        }
    }
}
