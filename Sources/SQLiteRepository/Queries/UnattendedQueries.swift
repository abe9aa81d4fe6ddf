// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import GRDB
import LifecycleModel
import PublicCA

/// One index leads each of these, as in ``RecordSelection``; what else is asked for is looked at row by row.
extension ManagedQuery {
    var statement: Condition {
        var conditions = [Condition("id > ?", after?.rawValue ?? "")]
        if isStuck { conditions.append(Condition("renewal_stuck = 1")) }
        if let renewalDueBy { conditions.append(Condition("renewal_due <= ?", renewalDueBy.milliseconds)) }
        if let account { conditions.append(Condition("account = ?", account)) }
        let index = isStuck ? "managed_stuck" : renewalDueBy != nil ? "managed_by_renewal" : nil
        return page(of: "managed", index ?? (account != nil ? "managed_by_account" : nil), conditions, limit)
    }
}

extension DecisionQuery {
    var statement: Condition {
        var conditions = [Condition("id > ?", after?.rawValue ?? "")]
        if let since { conditions.append(Condition("at >= ?", since.milliseconds)) }
        if let certificate { conditions.append(Condition("certificate = ?", certificate.rawValue)) }
        let index = certificate != nil ? "decisions_by_certificate" : since != nil ? "decisions_by_date" : nil
        return page(of: "decisions", index, conditions, limit)
    }
}

extension DeploymentQuery {
    var statement: Condition {
        var conditions = [Condition("id > ?", after?.rawValue ?? "")]
        if isTroubled { conditions.append(Condition("troubled = 1")) }
        if let target { conditions.append(Condition("target = ?", target)) }
        if let managed { conditions.append(Condition("managed = ?", managed.rawValue)) }
        let index = managed != nil ? "deployments_by_managed" : target != nil ? "deployments_by_target" : nil
        return page(of: "deployments", isTroubled ? "deployments_troubled" : index, conditions, limit)
    }
}

private func page(of table: String, _ index: String?, _ conditions: [Condition], _ limit: Int) -> Condition {
    let indexed = index.map { " INDEXED BY \($0)" } ?? ""
    var statement = Condition(
        "SELECT id, body FROM \(table)\(indexed) WHERE \(conditions.sql) ORDER BY id LIMIT ?")
    statement.values = conditions.values + [(limit.asPageLimit + 1).databaseValue]
    return statement
}
