// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension ProviderCheck {
    static let listChecks = [
        ProviderCheck("a listing comes to an end and has each order once", needs: [.orders], isReadOnly: true) {
            bench in
            let rows = try await bench.rows(bench.capability(bench.provider.orders))
            let references = rows.map(\.order)
            try bench.expect(
                Set(references).count == references.count, "\(references.count) rows of \(Set(references).count) orders"
            )
        },
        ProviderCheck("a listing says the same when nothing has happened", needs: [.orders], isReadOnly: true) {
            bench in
            let listing = try bench.capability(bench.provider.orders)
            let first = try await bench.rows(listing)
            let second = Set(try await bench.rows(listing))
            let changed = first.filter { !second.contains($0) }
            try bench.expect(
                changed.isEmpty,
                "\(changed.count) rows differ at once, the first is \(changed.first?.order.rawValue ?? "")")
        },
        ProviderCheck("every listed order can be read", needs: [.orders], isReadOnly: true) { bench in
            for row in try await bench.rows(bench.capability(bench.provider.orders)).prefix(5) {
                _ = try await bench.provider.order(row.order)
            }
        },
        ProviderCheck("a narrowed listing has only orders of the whole", needs: [.orders], isReadOnly: true) { bench in
            let listing = try bench.capability(bench.provider.orders)
            let all = Set(try await bench.rows(listing).map(\.order))
            var narrowed: [OrderReference] = []
            for state in listing.listedStates { narrowed += try await bench.rows(listing, in: [state]).map(\.order) }
            try bench.expect(Set(narrowed).isSubset(of: all), "there are others")
            if !listing.listedStates.isEmpty {
                try bench.expect(
                    Set(narrowed) == all && narrowed.count == all.count,
                    "\(all.count) in all, \(narrowed.count) in single states")
            }
        },
        ProviderCheck("a cursor is good for an account opened anew", needs: [.orders], isReadOnly: true) { bench in
            let listing = try bench.capability(bench.provider.orders)
            guard let next = try await listing.listOrders(in: [], after: nil).next else {
                throw Inapplicable("there is one page only")
            }
            let other = try bench.capability(try await bench.fixture.open().orders)
            let there = try await listing.listOrders(in: [], after: next).items.map(\.order)
            let here = try await other.listOrders(in: [], after: PageCursor(next.rawValue)).items.map(\.order)
            try bench.expect(here == there, "\(here.count) rows where there were \(there.count)")
        },
        ProviderCheck("a placed order is listed, pending too", needs: [.orders]) { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            let row = try await bench.row(of: order)
            try bench.expect(row.certificate == nil, "it has a certificate already")
        },
        ProviderCheck("finding an order unchanged does not change its version", needs: [.orders]) { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            let before = try await bench.row(of: order)
            _ = try await bench.provider.order(order)
            let after = try await bench.row(of: order)
            try bench.expect(before.version == after.version, "\(before.version) became \(after.version)")
        },
        ProviderCheck("issuing changes an order's version, and revoking does", needs: [.orders]) { bench in
            let obtained = try await bench.obtain()
            let issued = try await bench.row(of: obtained.known.order)
            try bench.expect(issued.certificate == obtained.known.certificate, "another certificate is listed")
            _ = try await bench.provider.revoke(bench.revocation(of: obtained.known))
            let revoked = try await bench.row(of: obtained.known.order)
            try bench.expect(issued.version != revoked.version, "it is still \(issued.version)")
        },
    ]
}

extension CheckBench {
    fileprivate func row(of order: OrderReference) async throws -> OrderRow {
        for _ in 0..<fixture.polls {
            if let row = try await rows(try capability(provider.orders)).first(where: { $0.order == order }) {
                return row
            }
            await fixture.pass(.seconds(1))
        }
        throw Observation("the order is not listed")
    }
}
