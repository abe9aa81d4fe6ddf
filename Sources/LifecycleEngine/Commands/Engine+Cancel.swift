// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Withdraws an order that has not been issued. One that was never sent ends at once; any other is asked of the CA.
    ///
    /// Throws `refused` when it is too late, or when the account cannot withdraw orders.
    public func cancel(_ id: OrderID, comments: String) async throws(LifecycleError) -> Order {
        try await decided {
            let order = try await order(id)
            let account = try await account(named: order.account)
            if order.phase == .cancelling { return order }
            if order.phase == .placed { try account.permit(.cancel) }
            if order.phase == .placed, !account.capabilities.contains(.cancelling) {
                throw LifecycleError(.refused, "account \(account.name) cannot withdraw orders")
            }
            return try await apply(.cancelWished(comments: comments), to: order, account)
        }
    }

    /// Decides on an order that is stuck.
    ///
    /// `retry` reads again what the CA has under a reference, and looks for what has none before it buys. Throws `refused`
    /// when the order is not stuck, or when the reference is another order's.
    public func resolve(_ id: OrderID, as resolution: OrderResolution) async throws(LifecycleError) -> Order {
        try await decided {
            let order = try await order(id)
            return try await apply(.resolved(resolution), to: order, try await account(named: order.account))
        }
    }

    /// Has the CA asked now, whatever the schedule says. Returns false when there is nothing left to ask.
    public func hasten(_ order: Order) async throws(LifecycleError) -> Bool {
        try await commanded {
            var changes = ChangeSet()
            if order.phase == .completed, let certificate = order.certificate {
                changes.work = [.put(checkWork(certificate, account: order.account, at: time.now()))]
            } else {
                guard !order.phase.isFinal, order.phase != .stuck else { return false }
                changes.work = [.hasten(.order(order.id), task: WorkItem.life, to: time.now())]
            }
            try await repository.commit(changes)
            return true
        }
    }

    private func apply(_ event: OrderEvent, to before: Order, _ account: AccountRecord) async throws -> Order {
        let policy = try policy(for: account)
        var order = before
        var changes = ChangeSet()
        guard try await claimReference(of: event, for: order, in: &changes) == event else {
            throw LifecycleError(.refused, "that reference is another order's here")
        }
        let decision = try order.receive(event, at: time.now(), policy: policy)
        try await put(&order, in: &changes)
        changes.work.append(nextWork(after: decision, for: order))
        changes.journal.append(
            journal(.order(order.id), name: order.details.commonName, order.phase.rawValue, decision.note))
        try await repository.commit(changes)
        order.revision += 1
        return order
    }

    /// An order by its id.
    func order(_ id: OrderID) async throws(LifecycleError) -> Order {
        try await commanded {
            guard let order = try await repository.order(id) else {
                throw LifecycleError(.notFound, "there is no order \(id)", hint: "see: publicca order list")
            }
            return order
        }
    }
}
