// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// Rows of SCM's list say neither state nor date. One listing for each state tells the state, so that only what changed
/// has to be read in full.
extension SectigoProvider: OrderListing {
    var listedStates: [String] { StatusWords.listed }

    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        let states = states.isEmpty ? StatusWords.listed : states
        guard var place = ListPlace(cursor), place.state < states.count else {
            throw ProviderError(.rejected, "listing the orders: the cursor is of another list")
        }
        let state = states[place.state]
        let page = try await page(of: state, from: place.position)
        place.advance(by: page.rows.count, total: page.total)
        return Page(
            items: page.rows.compactMap { $0.readable?.row(in: state) }, next: place.cursor(among: states.count),
            total: states.count == 1 ? page.total : nil,
            unreadable: page.rows.compactMap(\.unreadable).map { UnreadableRow(reference: "", reason: $0) })
    }

    /// One word is spelled in two ways, and a server may take one of them alone.
    private func page(of state: String, from position: Int) async throws(ProviderError) -> ListPage<SSLRow> {
        func page(of word: String) async throws(ProviderError) -> ListPage<SSLRow> {
            try await self.page(
                ["ssl", "v1"], "listing the orders", filters: [(name: "status", value: word)], from: position,
                of: SSLRow.self)
        }
        do throws(ProviderError) { return try await page(of: state) } catch {
            guard error.disposition == .rejected, let other = StatusWords.otherSpellings[state] else { throw error }
            return try await page(of: other)
        }
    }
}

/// Where a listing by states goes on.
struct ListPlace: Hashable {
    var state = 0
    var position = 0
    /// How many the state had when its last page was read.
    var total: Int?

    /// `nil` for a cursor that is none of these.
    init?(_ cursor: PageCursor?) {
        guard let cursor else { return }
        let numbers = cursor.rawValue.split(separator: ":", omittingEmptySubsequences: false)
        guard numbers.count == 3, let state = Int(numbers[0]), let position = Int(numbers[1]), state >= 0, position >= 0
        else { return nil }
        self.state = state
        self.position = position
        self.total = Int(numbers[2])
    }

    /// Moves on by a page. Where rows have left the state meanwhile, those behind them have moved forward, over the page's
    /// edge: so many are read again, and come twice rather than never.
    mutating func advance(by count: Int, total newTotal: Int?) {
        let left = max(0, (total ?? 0) - (newTotal ?? total ?? 0))
        let isLast = count < SectigoProvider.pageSize && left == 0
        if isLast {
            self = ListPlace(state: state + 1)
        } else {
            position = max(0, left > 0 ? position - left : position + count)
            total = newTotal
        }
    }

    func cursor(among states: Int) -> PageCursor? {
        state < states ? PageCursor("\(state):\(position):\(total.map { "\($0)" } ?? "")") : nil
    }

    private init(state: Int) { self.state = state }
}

extension SSLRow {
    func row(in state: String) -> OrderRow {
        let serial = serialNumber ?? ""
        return OrderRow(
            order: OrderReference("\(sslId)"), certificate: serial.isEmpty ? nil : CertificateReference("\(sslId)"),
            version: "\(state)|\(serial)")
    }
}
