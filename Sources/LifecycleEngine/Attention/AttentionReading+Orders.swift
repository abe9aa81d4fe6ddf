// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension AttentionReading {
    mutating func readOrders() async throws(RepositoryError) {
        try await readStuck()
        for account in active { try await readWaiting(of: account) }
        readInventory()
    }

    private mutating func readStuck() async throws(RepositoryError) {
        guard counts.orders[.stuck, default: 0] > 0 else { return }
        var query = OrderQuery()
        query.phases = [.stuck]
        query.limit = Self.listed
        let page = try await repository.orders(query)
        note(unreadable: page.unreadable, "order")
        for order in page.items { note(attention(.orderStuck, order, hint: order.id.resolving)) }
        noteOthers(
            .orderStuck, counts.orders[.stuck, default: 0] - page.items.count - page.unreadable.count,
            "orders are stuck", hint: "publicca order list --state stuck")
    }

    /// Orders that wait for longer than this deserve a look.
    private static let patience: TimeInterval = 3 * 86400

    private mutating func readWaiting(of account: String) async throws(RepositoryError) {
        var query = OrderQuery()
        query.account = account
        query.phases = [.submitting, .placed, .issued, .cancelling]
        query.limit = Self.chunk
        var (waiting, seen): ([Order], Int) = ([], 0)
        // Oldest first: among so many of which none waits for long, later ones do not either.
        repeat {
            let page = try await repository.orders(query)
            note(unreadable: page.unreadable, "order")
            let found = page.items.filter { now.timeIntervalSince($0.waitsSince) > Self.patience }
            waiting += found
            seen += page.items.count
            query.after = found.isEmpty ? nil : page.next
        } while query.after != nil && seen < Self.page
        for order in waiting.prefix(Self.listed) {
            note(attention(.orderWaiting, order, hint: "publicca order show \(order.id)"))
        }
        noteOthers(
            .orderWaiting, waiting.count - Self.listed, isLeast: query.after != nil,
            "orders of account \(account) wait for longer than three days",
            hint: "publicca order list --account \(account)", account: account)
    }

    private func attention(_ kind: Attention.Kind, _ order: Order, hint: String) -> Attention {
        let why = order.problem ?? order.wording
        let since = kind == .orderWaiting ? order.waitsSince : order.updatedAt
        return Attention(
            kind, subject: order.id.rawValue, name: order.details.commonName,
            what: "\(order.id) \(order.details.commonName) is \(order.phase.rawValue)"
                + (why.isEmpty ? "" : ": \(why)"),
            hint: hint, since: since, account: order.account)
    }

    private mutating func readInventory() {
        guard let capacity else { return }
        let today = Counts.day(of: now)
        let live = counts.expiring.filter { $0.key >= today }.values.reduce(0, +)
        let waiting = counts.orders[.awaitingCapacity, default: 0]
        if waiting > 0, live >= capacity {
            note(
                Attention(
                    .inventoryFull, subject: "inventory",
                    what: "\(waiting) issued \(waiting == 1 ? "certificate waits" : "certificates wait") at the CA: "
                        + "the inventory is full, its limit is \(capacity)",
                    hint: "raise inventory.limit in config.yaml, or drop a certificate with: "
                        + "publicca certificate delete ID"))
        }
        if live > capacity {
            note(
                Attention(
                    .inventoryOverLimit, subject: "inventory",
                    what: "\(live) live certificates are kept, \(live - capacity) more than inventory.limit says",
                    hint: "raise inventory.limit in config.yaml; nothing is stopped or dropped"))
        }
    }

    /// Certificates that somebody wanted ended, and that are still good.
    mutating func readRevocations() async throws(RepositoryError) {
        let page = try await repository.failedRevocations(after: nil, limit: Self.page)
        note(unreadable: page.unreadable, "revocation")
        let repository = repository
        var count = 0
        for failed in page.items {
            let newest = try await readable(failed.certificate.rawValue, "revocation") {
                () async throws(RepositoryError) in try await repository.revocation(of: failed.certificate)
            }
            let certificate = try await certificate(failed.certificate)
            guard newest?.id == failed.id, let certificate, certificate.status == .valid
            else { continue }
            count += 1
            guard count <= Self.listed else { continue }
            let name = certificate.facts.commonName
            note(
                Attention(
                    .revocationFailed, subject: failed.certificate.rawValue, name: name,
                    what: "\(failed.certificate) \(name) is not revoked: \(failed.problem ?? failed.wording)",
                    hint: "publicca certificate revoke \(failed.certificate)", since: failed.updatedAt))
        }
        noteOthers(
            .revocationFailed, count - Self.listed, isLeast: page.next != nil,
            "certificates should be revoked and are not", hint: "publicca journal")
    }
}

extension Order {
    /// When it came to where it is: what was held back by its account does not wait for the CA yet.
    fileprivate var waitsSince: Date { max(phaseSince, createdAt) }
}

extension OrderID {
    /// What to type about a stuck order.
    package var resolving: String { "publicca order resolve \(self) --retry | --placed REFERENCE | --abandon" }
}
