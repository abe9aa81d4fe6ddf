// SPDX-License-Identifier: Apache-2.0

import MockProvider
import PublicCA

extension Breakage {
    private typealias List =
        @Sendable (MockProvider, [String], PageCursor?) async throws(ProviderError) -> Page<OrderRow>

    /// A listing whose pages are changed on the way.
    private static func listing(
        _ promise: String, _ edit: @escaping @Sendable (inout Page<OrderRow>, [String]) -> Void
    ) -> Breakage {
        Breakage(promise) { broken in
            broken.onListOrders = { (base, states, cursor) throws(ProviderError) in
                var page = try await base.listOrders(in: states, after: cursor)
                edit(&page, states)
                return page
            }
        }
    }

    static let listBreakages = [
        listing("a listing comes to an end, and no page has an order twice") { page, _ in page.items += page.items },
        Breakage("an order read with its certificate is what both are apart") { broken in
            broken.onOrderWithCertificate = { (base, reference) throws(ProviderError) in
                OrderWithCertificate(order: try await base.order(reference), certificate: nil)
            }
        },
        Breakage("a listing says the same when nothing has happened") { broken in
            let calls = Recollection(0)
            broken.onListOrders = { (base, states, cursor) throws(ProviderError) in
                var page = try await base.listOrders(in: states, after: cursor)
                page.items[0].version += "\(calls.change { count in count += 1; return count })"
                return page
            }
        },
        listing("every listed order can be read") { page, _ in
            page.items = [OrderRow(order: OrderReference("nobody's"), certificate: nil, version: "1")]
        },
        listing("a narrowed listing has only orders of the whole") { page, states in
            if !states.isEmpty { page.items = [] }
        },
        Breakage("a cursor is good for an account opened anew") { broken in
            // Pages of one row, whose cursors only the account that gave them understands.
            let own = Recollection(0).change { _ in OrderKey("\(UInt64.random(in: 1...UInt64.max))") }.rawValue
            broken.onListOrders = { (base, states, cursor) throws(ProviderError) in
                let all = try await base.listOrders(in: states, after: nil).items
                var start = 0
                if let cursor {
                    let parts = cursor.rawValue.split(separator: "/")
                    guard parts.count == 2, parts[0] == own, let number = Int(parts[1]) else {
                        throw ProviderError(.rejected, "unknown cursor")
                    }
                    start = number
                }
                let next = start + 1 < all.count ? PageCursor("\(own)/\(start + 1)") : nil
                return Page(items: Array(all.dropFirst(start).prefix(1)), next: next)
            }
        },
        listing("a placed order is listed, pending too") { page, _ in
            page.items.removeAll { $0.certificate == nil }
        },
        Breakage("finding an order unchanged does not change its version") { broken in
            let reads = Recollection(0)
            broken.onOrder = { (base, order) throws(ProviderError) in
                reads.change { $0 += 1 }
                return try await base.order(order)
            }
            broken.onListOrders = { (base, states, cursor) throws(ProviderError) in
                var page = try await base.listOrders(in: states, after: cursor)
                let count = reads.change { $0 }
                for index in page.items.indices { page.items[index].version += "/\(count)" }
                return page
            }
        },
        listing("issuing changes an order's version, and revoking does") { page, _ in
            for index in page.items.indices { page.items[index].version = "same" }
        },
    ]
}
