// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    /// Eight orders: two accounts, two phases, two managed certificates, in every combination.
    private static let orders: [Order] = (0..<8).map { number in
        var order = Sample.order(
            "ord_\(number)", account: number & 1 == 0 ? "main" : "other", phase: number & 2 == 0 ? .placed : .stuck,
            names: ["host\(number).example.org", number < 4 ? "low.example.org" : "high.example.org"],
            managed: number & 4 == 0 ? "mgd_1" : "mgd_2")
        // The placed ones of one account, and a stuck one, which asks no more.
        if [1, 3, 5].contains(number) { order.failures.extend(at: Sample.start) }
        return order
    }

    private static func orderRow(
        _ what: String, _ expected: [Int], _ fill: @escaping @Sendable (inout OrderQuery) -> Void
    ) -> RepositoryCheck {
        RepositoryCheck("orders are listed \(what)") { checked in
            try await checked.commit { $0.puts = orders.reversed().map { .order($0) } }
            var query = OrderQuery()
            fill(&query)
            let found = try await checked.repository.orders(query).items.map(\.id.rawValue)
            try expect("orders", found, expected.map { "ord_\($0)" })
        }
    }

    static let orderLists: [RepositoryCheck] = [
        orderRow("in the order of ids", Array(0..<8)) { _ in },
        orderRow("by account", [0, 2, 4, 6]) { $0.account = "main" },
        orderRow("by phase", [2, 3, 6, 7]) { $0.phases = [.stuck] },
        orderRow("by several phases", Array(0..<8)) { $0.phases = [.stuck, .drafted, .placed] },
        orderRow("by whether their last question failed", [1, 5]) { $0.isFailing = true },
        orderRow("by account and whether their last question failed", []) {
            $0.account = "main"
            $0.isFailing = true
        },
        orderRow("by a phase that none is in", []) { $0.phases = [.cancelled] },
        orderRow("by a phase that is named twice", [2, 3, 6, 7]) { $0.phases = [.stuck, .stuck] },
        orderRow("by managed certificate", [4, 5, 6, 7]) { $0.managed = ManagedCertificateID("mgd_2") },
        orderRow("by the beginning of the id", [3]) { $0.idPrefix = "ord_3" },
        orderRow("by a beginning that all share", Array(0..<8)) { $0.idPrefix = "ord_" },
        orderRow("by a beginning that none has", []) { $0.idPrefix = "ord_3x" },
        orderRow("by name", [4, 5, 6, 7]) { $0.name = NamePattern("HIGH.example.org") },
        orderRow("by account and phase", [2, 6]) {
            $0.account = "main"
            $0.phases = [.stuck]
        },
        orderRow("by account, name and phase", [5]) {
            $0.account = "other"
            $0.name = NamePattern("high.*")
            $0.phases = [.placed]
        },
        orderRow("by managed certificate, phase and account", [6]) {
            $0.managed = ManagedCertificateID("mgd_2")
            $0.phases = [.stuck]
            $0.account = "main"
        },
        orderRow("by all conditions together", [7]) {
            $0.account = "other"
            $0.phases = [.stuck, .issued]
            $0.name = NamePattern("*.example.org")
            $0.managed = ManagedCertificateID("mgd_2")
            $0.idPrefix = "ord_7"
        },
        orderRow("by account and beginning of the id, after another", [4, 6]) {
            $0.account = "main"
            $0.idPrefix = "ord_"
            $0.after = PageCursor("ord_2")
        },
    ]
}
