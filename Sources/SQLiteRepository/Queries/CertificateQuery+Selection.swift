// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

extension CertificateQuery {
    var selection: RecordSelection {
        let search = name.flatMap { NameSearch($0, table: "certificate_names") }
        var selection = RecordSelection(
            table: "certificates", namesTable: "certificate_names", search: search, parts: [[]], filters: [],
            prefix: idPrefix, after: after, limit: limit.asPageLimit)
        let ofAccount = account.map { [Condition("r.account = ?", $0)] } ?? []
        let ofManaged = managed.map { [Condition("r.managed = ?", $0.rawValue)] } ?? []
        let statuses = Set(statuses)
        let inStatuses = statuses.isEmpty ? [] : [Condition.oneOf("r.status", statuses.map(\.rawValue).sorted())]
        let notSucceeded = withoutSuccessor ? [Condition("r.succeeded = 0")] : []
        let ending = notAfter.map { range in
            [
                Condition(
                    "r.ends >= ? AND r.ends < ?", range.lowerBound.milliseconds, range.upperBound.milliseconds)
            ]
        }
        let all = ofAccount + ofManaged + inStatuses + notSucceeded + (ending ?? [])
        if search != nil {
            selection.filters = all
        } else if managed != nil {
            selection.index = "certificates_by_managed"
            selection.filters = all
        } else if ending != nil {
            selection.index = "certificates_by_end"
            selection.filters = all
        } else if account != nil || !statuses.isEmpty || withoutSuccessor {
            selection.index = account == nil ? "certificates_by_status" : "certificates_by_account"
            selection.filters = ofAccount
            selection.parts = Self.parts(statuses: statuses, withoutSuccessor: withoutSuccessor)
        }
        return selection
    }

    /// Each status, with and without successor, is a stretch of the index that is in the order of ids.
    private static func parts(statuses: Set<CertificateStatus>, withoutSuccessor: Bool) -> [[Condition]] {
        CertificateStatus.allCases.filter { statuses.isEmpty || statuses.contains($0) }.flatMap { status in
            (withoutSuccessor ? [0] : [0, 1]).map { succeeded in
                [Condition("r.status = ?", status.rawValue), Condition("r.succeeded = ?", succeeded)]
            }
        }
    }
}
