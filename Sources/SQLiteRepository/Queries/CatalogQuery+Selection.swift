// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

extension CatalogQuery {
    /// One more than asked for, to see whether the list goes on.
    var statement: Condition {
        var conditions = [
            Condition("r.account = ?", account), Condition("r.kind = ?", kind.rawValue),
            Condition("r.id > ?", after?.rawValue ?? ""),
        ]
        if !withVanished { conditions.append(Condition("r.vanished = 0")) }
        var index = withVanished ? "" : "INDEXED BY catalog_present"
        if !names.isEmpty {
            conditions.append(.oneOf("r.name", Set(names).sorted()))
            index = "INDEXED BY catalog_by_name"
        }
        if let validationEnds {
            conditions.append(
                Condition(
                    "r.validation_ends >= ? AND r.validation_ends < ?", validationEnds.lowerBound.milliseconds,
                    validationEnds.upperBound.milliseconds))
            index = "INDEXED BY catalog_by_validation"
        }
        var statement = Condition(
            """
            SELECT r.id, r.body FROM (
                SELECT r.id FROM catalog AS r \(index) WHERE \(conditions.sql) ORDER BY r.id LIMIT ?) AS p
            CROSS JOIN catalog AS r ON r.account = ? AND r.kind = ? AND r.id = p.id ORDER BY p.id
            """)
        statement.values =
            conditions.values + [
                (limit.asPageLimit + 1).databaseValue, account.databaseValue, kind.rawValue.databaseValue,
            ]
        return statement
    }
}
