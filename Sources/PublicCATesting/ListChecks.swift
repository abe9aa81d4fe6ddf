// SPDX-License-Identifier: Apache-2.0

import PublicCA

extension ProviderCheck {
    static let listChecks = [
        ProviderCheck("a listing comes to an end, and no page has an order twice", needs: [.orders], isReadOnly: true) {
            bench in
            // Rows that shift while others order may come again, but not at once.
            for page in try await bench.pages(bench.capability(bench.provider.orders)) {
                let references = page.items.map(\.order)
                try bench.expect(
                    Set(references).count == references.count,
                    "\(references.count) rows of \(Set(references).count) orders")
            }
        },
        ProviderCheck("a listing says the same when nothing has happened", needs: [.orders], isReadOnly: true) {
            bench in
            // Others may be at work on an order, but hardly between any two of four readings in a row.
            let listing = try bench.capability(bench.provider.orders)
            var versions = try await bench.versions(onFirstPageOf: listing)
            var restless = Set(versions.keys)
            for _ in 0..<3 {
                let later = try await bench.versions(onFirstPageOf: listing)
                restless = restless.filter { order in later[order].map { $0 != versions[order] } ?? false }
                versions = later
            }
            try bench.expect(
                restless.isEmpty,
                "\(restless.count) rows differ each time, one of them is \(restless.first?.rawValue ?? "")")
        },
        ProviderCheck("every listed order can be read", needs: [.orders], isReadOnly: true) { bench in
            for row in try await bench.rows(bench.capability(bench.provider.orders)).prefix(5) {
                _ = try await bench.snapshot(of: row.order)
            }
        },
        ProviderCheck("an order read with its certificate is what both are apart", needs: [.orders]) { bench in
            let listing = try bench.capability(bench.provider.orders)
            let pending = try await bench.provider.place(try await bench.request(.pending))
            guard let alone = try await listing.orderWithCertificate(pending) else {
                throw Inapplicable("the CA shows them one after the other")
            }
            try bench.expect(alone.certificate == nil, "a pending order comes with a certificate")
            let request = try await bench.request()
            let known = try await bench.collect(try await bench.provider.place(request), for: request).known
            let both = try bench.capability(try await listing.orderWithCertificate(known.order))
            let order = try await bench.snapshot(of: known.order)
            try bench.expect(both.order == order, "the order is \(both.order.wording), not \(order.wording)")
            let certificate = try await bench.snapshot(of: known.certificate)
            let other = try both.certificate?.get()
            try bench.expect(other == certificate, "the certificate is another, or none")
        },
        ProviderCheck("a narrowed listing has only orders of the whole", needs: [.orders], isReadOnly: true) { bench in
            let listing = try bench.capability(bench.provider.orders)
            guard !listing.listedStates.isEmpty else { throw Inapplicable("a listing cannot be narrowed") }
            let before = Set(try await bench.rows(listing))
            var states: [OrderReference: Int] = [:]
            for state in listing.listedStates {
                for order in Set(try await bench.rows(listing, in: [state]).map(\.order)) {
                    states[order, default: 0] += 1
                }
            }
            let after = Set(try await bench.rows(listing))
            let strange = Set(states.keys).subtracting(before.union(after).map(\.order))
            try bench.expect(strange.isEmpty, "\(strange.count) are listed in a state, and not in all")
            // An order that others moved on meanwhile may have been met in two states, or in none.
            let wrong = before.intersection(after).map(\.order).filter { states[$0] != 1 }
            try bench.expect(
                wrong.isEmpty, "\(wrong.count) of \(before.count) are listed in no state, or in several")
        },
        ProviderCheck("a cursor is good for an account opened anew", needs: [.orders], isReadOnly: true) { bench in
            let listing = try bench.capability(bench.provider.orders)
            let other = try bench.capability(try await bench.fixture.open().orders)
            try await bench.expectRight {
                guard let next = try await listing.listOrders(in: [], after: nil).next else {
                    throw Inapplicable("there is one page only")
                }
                let there = try await listing.listOrders(in: [], after: next).items.map(\.order)
                let here = try await other.listOrders(in: [], after: PageCursor(next.rawValue)).items.map(\.order)
                return here == there ? nil : "\(here.count) rows where there were \(there.count)"
            }
        },
        ProviderCheck("a placed order is listed, pending too", needs: [.orders]) { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            let row = try await bench.row(of: order)
            try bench.expect(row.certificate == nil, "it has a certificate already")
        },
        ProviderCheck("finding an order unchanged does not change its version", needs: [.orders]) { bench in
            let order = try await bench.provider.place(try await bench.request(.pending))
            let before = try await bench.row(of: order)
            _ = try await bench.snapshot(of: order)
            let after = try await bench.row(of: order)
            try bench.expect(before.version == after.version, "\(before.version) became \(after.version)")
        },
        ProviderCheck("issuing changes an order's version, and revoking does", needs: [.orders]) { bench in
            let request = try await bench.request()
            let order = try await bench.provider.place(request)
            let placed = try await bench.row(of: order)
            let obtained = try await bench.collect(order, for: request)
            var issued = placed
            try await bench.expectSoon {
                issued = try await bench.row(of: order)
                guard issued.certificate == obtained.known.certificate else { return "another certificate is listed" }
                // Where it was listed as issued from the start, nothing had to change.
                return placed.certificate != nil || placed.version != issued.version
                    ? nil : "it is still \(placed.version)"
            }
            _ = try await bench.provider.revoke(bench.revocation(of: obtained.known))
            try await bench.expectSoon {
                let revoked = try await bench.row(of: order)
                return issued.version != revoked.version ? nil : "it is still \(issued.version)"
            }
        },
    ]
}

extension CheckBench {
    /// What a listing begins with: enough to see whether it is steady, also where there are very many.
    func versions(onFirstPageOf listing: any OrderListing) async throws -> [OrderReference: String] {
        let rows = try await listing.listOrders(in: [], after: nil).items
        return Dictionary(rows.map { ($0.order, $0.version) }, uniquingKeysWith: { first, _ in first })
    }

    fileprivate func row(of order: OrderReference) async throws -> OrderRow {
        let listing = try capability(provider.orders)
        var row: OrderRow?
        try await expectSoon {
            row = try await rows(listing).first { $0.order == order }
            return row == nil ? "the order is not listed" : nil
        }
        return try capability(row)
    }
}
