// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import PublicCA

extension MockProvider: OrderLocating {
    public var settleTime: Duration { Self.settling }

    public func locate(_ attempt: OrderAttempt) async throws(ProviderError) -> Located {
        let script = try await begin(.locate)
        let date = now()
        let isLate = try await books.happens(.lateVisibility, by: script)
        if try await books.happens(.undecidedLookup, by: script) {
            let candidates = try await orders { order in
                order.current.request.commonName == attempt.request.commonName
                    && order.current.askedAt >= attempt.notBefore.addingTimeInterval(-60)
            }
            return candidates.isEmpty ? .absent : .undecided(candidates.map(\.reference))
        }
        let ours = try await books.orders(for: attempt.request.key).first { order in
            order.issuances.contains { wish in
                wish.request.key == attempt.request.key && !(isLate && wish.isFresh(at: date))
            }
        }
        return ours.map { .found($0.reference) } ?? .absent
    }

    private func orders(_ fits: (MockOrder) -> Bool) async throws(ProviderError) -> [MockOrder] {
        var orders: [MockOrder] = []
        var number = 1
        while let order = try await books.order(number)?.order {
            if fits(order) { orders.append(order) }
            number += 1
        }
        return orders
    }
}

extension Issuance {
    /// Whether lookups may still miss it.
    fileprivate func isFresh(at date: Date) -> Bool {
        date.timeIntervalSince(askedAt) < MockProvider.settling.inSeconds
    }
}

extension MockProvider: OrderListing {
    public var listedStates: [String] { ["pending", "issued", "rejected", "cancelled", "revoked"] }

    /// Oldest first, a hundred orders looked at for each page: where a listing is narrowed, pages may be short or empty.
    public func listOrders(
        in states: [String], after cursor: PageCursor?
    ) async throws(ProviderError) -> Page<OrderRow> {
        let script = try await begin(.listOrders)
        _ = try await books.authority(at: now())
        let isLate = try await books.happens(.lateVisibility, by: script)
        var number = 1
        if let cursor {
            guard let last = Int(cursor.rawValue), last > 0 else {
                throw ProviderError(.rejected, "\(cursor) is no cursor of the mock CA")
            }
            number = last + 1
        }
        let date = now()
        var rows: [OrderRow] = []
        for _ in 0..<100 {
            guard let order = try await books.order(number)?.order else { return Page(items: rows, next: nil) }
            if isLate, order.current.isFresh(at: date) { return Page(items: rows, next: nil) }
            if states.isEmpty || states.contains(order.listedState(at: date, script: script)) {
                rows.append(
                    OrderRow(
                        order: order.reference, certificate: order.shown.map { _ in order.certificateReference },
                        version: order.version(at: date, script: script)))
            }
            number += 1
        }
        return Page(items: rows, next: PageCursor("\(number - 1)"))
    }
}

extension MockProvider: OrganizationListing {
    public func listOrganizations(after cursor: PageCursor?) async throws(ProviderError) -> Page<Organization> {
        _ = try await begin(.listOrganizations)
        let organizations = cursor == nil ? MockCatalogs.organizations : []
        return Page(items: organizations, next: nil, total: MockCatalogs.organizations.count)
    }
}

extension MockProvider: DomainListing {
    public func listDomains(after cursor: PageCursor?) async throws(ProviderError) -> Page<RegisteredDomain> {
        _ = try await begin(.listDomains)
        let authority = try await books.authority(at: now())
        let domains = MockCatalogs.domains(since: authority.firstDay)
        guard cursor == nil else { return Page(items: [], next: nil, total: domains.count) }
        return Page(items: domains, next: nil, total: domains.count)
    }
}
