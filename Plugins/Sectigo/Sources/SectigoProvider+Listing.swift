// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// Rows of SCM's list say neither state nor date. One listing for each state tells the state, so that only what changed
/// has to be read in full.
///
/// The manuals differ in how states are spelled in the filter, and there may be words that no manual has. What the
/// listings by state have left out, by the count of all, is looked for in the list of all at the end: the rest.
extension SectigoProvider: OrderListing {
    var listedStates: [String] { StatusWords.listed }

    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        let words = states.isEmpty ? StatusWords.listed : states
        guard var place = ListPlace(cursor), place.state <= words.count else {
            throw ProviderError(.rejected, "listing the orders: the cursor is of another list")
        }
        if cursor == nil, states.isEmpty { place.all = try await orders(filters: [], from: 0, size: 1).total }
        guard place.state < words.count else {
            // A few that no state had are told from the others by being unknown here; where no list is narrowed, or not
            // all was asked for, every state has to be read.
            return states.isEmpty && place.isNarrowed
                ? try await rest(behind: words, place) : try await readRest(behind: words, isAll: states.isEmpty, place)
        }
        let word = words[place.state]
        var listed = Page<OrderRow>(items: [], next: nil, total: place.all)
        if let page = try await page(under: word, place), try await isHeeded(word, page, place) {
            listed = page.listed(
                place.advance(past: page), in: word, total: words.count == 1 ? page.total : place.all)
        } else {
            place.next(hasHeard: false)
        }
        listed.next = place.cursor(among: words.count)
        return listed
    }

    /// `nil` where the server does not take the word, in whatever spelling.
    private func page(under word: String, _ place: ListPlace) async throws(ProviderError) -> ListPage<SSLRow>? {
        for spelling in [word] + [StatusWords.otherSpellings[word]].compactMap({ $0 }) {
            do throws(ProviderError) {
                return try await orders(filters: [(name: "status", value: spelling)], from: place.start)
            } catch {
                guard error.disposition == .rejected, place.position == 0 else { throw error }
            }
        }
        return nil
    }

    /// Whether the server narrows the list by a word at all, which is asked where it lists all: nothing stands in two
    /// states at once.
    private func isHeeded(
        _ word: String, _ page: ListPage<SSLRow>, _ place: ListPlace
    ) async throws(ProviderError) -> Bool {
        let ids = Set(page.rows.compactMap { $0.readable?.sslId })
        guard place.position == 0, !ids.isEmpty else { return true }
        // Fewer than all: something was left out.
        if !place.isDoubtful, let all = place.all, let total = page.total, total < all { return true }
        let other = word == "Issued" ? "Requested" : "Issued"
        do throws(ProviderError) {
            let first = try await orders(filters: [(name: "status", value: other)], from: 0, size: 1).rows.first
            return first?.readable.map { !ids.contains($0.sslId) } ?? true
        } catch {
            guard error.disposition == .rejected else { throw error }
            return true
        }
    }

    /// A page of the list of all, of which no state is told.
    private func rest(behind words: [String], _ before: ListPlace) async throws(ProviderError) -> Page<OrderRow> {
        var place = before
        let page = try await orders(filters: [], from: place.start)
        var rows = page.listed(place.advance(past: page), in: nil, total: place.all)
        rows.next = place.cursor(among: words.count)
        return rows
    }

    /// A page of the list of all, narrowed here to what was not listed under its word.
    private func readRest(
        behind words: [String], isAll: Bool, _ before: ListPlace
    ) async throws(ProviderError) -> Page<OrderRow> {
        let heard = words.indices.filter(before.hasHeard).map { words[$0].plainWord }
        let wanted = isAll ? nil : words.map(\.plainWord)
        var place = before
        // So many details are read within a few seconds.
        let listed = try await orders(filters: [], from: place.start, size: 50)
        let rows = place.advance(past: listed)
        let found = try await ConcurrentReads.all(rows.compactMap(\.readable)) {
            (row) throws(ProviderError) -> OrderRow? in
            let status = try await self.shown(
                ["ssl", "v1", "\(row.sslId)"], "listing the orders", as: StatusAnswer.self)
            guard let word = status?.status else { return row.row(in: nil) }
            let isMissing = !heard.contains(word.plainWord) && wanted?.contains(word.plainWord) ?? true
            return isMissing ? row.row(in: word) : nil
        }
        var page = listed.listed(rows, in: nil, total: place.all)
        page.items = found.compactMap { $0 }
        page.next = place.cursor(among: words.count)
        return page
    }

    private func orders(
        filters: [(name: String, value: String)], from position: Int, size: Int = SectigoProvider.pageSize
    ) async throws(ProviderError) -> ListPage<SSLRow> {
        try await page(
            ["ssl", "v1"], "listing the orders", filters: filters, from: position, size: size, of: SSLRow.self)
    }
}

private struct StatusAnswer: Decodable, Sendable {
    @Lenient var status: String?
}

extension ListPage<SSLRow> {
    /// - Parameter fresh: its rows, without those that a page before had.
    fileprivate func listed(_ fresh: ArraySlice<ListRow<SSLRow>>, in state: String?, total: Int?) -> Page<OrderRow> {
        Page(
            items: fresh.compactMap { $0.readable?.row(in: state) }, next: nil, total: total,
            unreadable: unreadable(in: fresh.indices, of: state ?? "all"))
    }
}

extension SSLRow {
    /// - Parameter state: `nil` where it is not known: there is no version then.
    func row(in state: String?) -> OrderRow {
        let serial = serialNumber ?? ""
        return OrderRow(
            order: OrderReference("\(sslId)"), certificate: serial.isEmpty ? nil : CertificateReference("\(sslId)"),
            version: state.map { "\($0)|\(serial)" } ?? "")
    }
}
