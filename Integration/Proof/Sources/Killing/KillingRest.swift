// SPDX-License-Identifier: Apache-2.0

/// What follows when nothing is killed any more and the CA answers: everything comes to rest.
struct KillingRest: Sendable {
    let home: KillingHome
    let say: @Sendable (String) -> Void

    /// How often a person asks the same of an order before giving it up.
    private static let decisions = 3
    /// More than any order needs.
    private static let rounds = 60

    /// Two processes work until only the CA could, and a person looks after the rest as `publicca status` asks for.
    func reach() async throws {
        var asked: [String: Int] = [:]
        for _ in 0..<Self.rounds {
            // What failed under fire has a long wait before it.
            try await home.run(["order", "check", "--all", "--quiet"])
            async let other = home.run(["run", "--until-idle", "--quiet"])
            try await home.run(["run", "--until-idle", "--quiet"])
            _ = try await other
            let orders = try await home.orders()
            let stuck = orders.filter { $0.state == "stuck" && asked[$0.id, default: 0] < Self.decisions }
            let open = orders.filter { !$0.rests }
            say("\(orders.count) orders, \(open.count) on their way, \(stuck.count) wait for a person")
            if stuck.isEmpty, open.isEmpty { return }
            for order in stuck {
                asked[order.id, default: 0] += 1
                try await home.retry(order)
            }
        }
    }
}
