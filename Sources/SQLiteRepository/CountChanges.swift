// SPDX-License-Identifier: Apache-2.0

import GRDB

/// What a commit adds to the counts, summed up so that each line is written once.
struct CountChanges {
    private var sums: [CountKey: Int] = [:]

    mutating func add(_ keys: [CountKey]) {
        for key in keys { sums[key, default: 0] += 1 }
    }

    mutating func remove(_ keys: [CountKey]) {
        for key in keys { sums[key, default: 0] -= 1 }
    }

    func write(to database: Database) throws {
        for (key, sum) in sums where sum != 0 {
            let line = [key.kind.databaseValue, key.key.databaseValue]
            try database.run(
                """
                INSERT INTO counts (kind, key, count) VALUES (?, ?, ?)
                ON CONFLICT (kind, key) DO UPDATE SET count = count + excluded.count
                """, line + [sum.databaseValue])
            guard sum < 0 else { continue }
            try database.run("DELETE FROM counts WHERE kind = ? AND key = ? AND count = 0", line)
        }
    }
}
