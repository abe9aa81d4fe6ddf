// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

extension OrderQuery {
    var selection: RecordSelection {
        let search = name.flatMap { NameSearch($0, table: "order_names") }
        var selection = RecordSelection(
            table: "orders", namesTable: "order_names", search: search, parts: [[]], filters: [], prefix: idPrefix,
            after: after, limit: limit.asPageLimit)
        let ofAccount = account.map { [Condition("r.account = ?", $0)] } ?? []
        let ofManaged = managed.map { [Condition("r.managed = ?", $0.rawValue)] } ?? []
        let phases = Set(phases)
        let inPhases = phases.isEmpty ? [] : [Condition.oneOf("r.phase", phases.map(\.rawValue).sorted())]
        let failing = isFailing ? [Condition("r.failing = 1")] : []
        if search != nil {
            selection.filters = ofAccount + ofManaged + inPhases + failing
        } else if isFailing {
            selection.index = "orders_failing"
            selection.filters = failing + ofAccount + ofManaged + inPhases
        } else if managed != nil {
            selection.index = "orders_by_managed"
            selection.filters = ofManaged + ofAccount + inPhases
        } else if account != nil || !phases.isEmpty {
            selection.index = account == nil ? "orders_by_phase" : "orders_by_account"
            selection.filters = ofAccount
            selection.parts = OrderPhase.allCases.filter { phases.isEmpty || phases.contains($0) }
                .map { [Condition("r.phase = ?", $0.rawValue)] }
        }
        return selection
    }
}
