// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// Rows of SCM's list say neither state nor date. One listing for each state tells the state, so that only what changed
/// has to be read in full.
///
/// The manuals differ in how states are spelled in the filter, and a server may know words that no manual has. What the
/// listings by state have left out, by the count of all, is looked for in the list of all at the end: the rest.
extension SectigoProvider: OrderListing {
    var listedStates: [String] { StatusWords.listed }

    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        let words = states.isEmpty ? StatusWords.listed : states
        guard var place = ListPlace(cursor), place.state <= words.count else {
            throw ProviderError(.rejected, "listing the orders: the cursor is of another list")
        }
        guard place.state < words.count else { return try await rest(of: words, isAll: states.isEmpty, place) }
        if states.isEmpty, cursor == nil { place.all = try await orders(filters: [], from: 0, size: 1).total }
        let word = words[place.state]
        var rows = Page<OrderRow>(items: [], next: nil)
        if let page = try await page(under: word, place), try await isHeeded(word, page, place) {
            rows = page.rows(in: word)
            rows.total = words.count == 1 ? page.total : nil
            if !place.advance(by: page, size: Self.pageSize) { place.nextState() }
        } else {
            place.skip()
        }
        rows.next = place.state == words.count && place.isWhole ? nil : place.cursor
        return rows
    }

    /// `nil` where the server does not take the word, in whatever spelling.
    private func page(under word: String, _ place: ListPlace) async throws(ProviderError) -> ListPage<SSLRow>? {
        for spelling in [word] + [StatusWords.otherSpellings[word]].compactMap({ $0 }) {
            do throws(ProviderError) {
                return try await orders(filters: [(name: "status", value: spelling)], from: place.position)
            } catch {
                guard error.disposition == .rejected, place.position == 0 else { throw error }
            }
        }
        return nil
    }

    /// Whether the server narrows the list by a word at all: nothing stands in two states at once.
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

    /// A page of the list of all, narrowed here to what was not listed under its word.
    private func rest(
        of words: [String], isAll: Bool, _ before: ListPlace
    ) async throws(ProviderError) -> Page<OrderRow> {
        let heard = words.indices.filter(before.hasHeard).map { words[$0].plainWord }
        let wanted = isAll ? nil : words.map(\.plainWord)
        // So many details are read within a few seconds.
        let size = 50
        let page = try await orders(filters: [], from: before.position, size: size)
        let found = try await ConcurrentReads.all(page.rows.compactMap(\.readable)) {
            (row) throws(ProviderError) -> OrderRow? in
            let status = try await self.shown(
                ["ssl", "v1", "\(row.sslId)"], "listing the orders", as: StatusAnswer.self)
            guard let word = status?.status else { return row.row(in: "") }
            let isMissing = !heard.contains(word.plainWord) && wanted?.contains(word.plainWord) ?? true
            return isMissing ? row.row(in: word) : nil
        }
        var place = before
        let goesOn = place.advance(by: page, size: size)
        var rows = page.rows(in: "")
        rows.items = found.compactMap { $0 }
        rows.next = goesOn ? place.cursor : nil
        return rows
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
    fileprivate func rows(in state: String) -> Page<OrderRow> {
        Page(
            items: rows.compactMap { $0.readable?.row(in: state) }, next: nil,
            unreadable: rows.compactMap(\.unreadable).map { UnreadableRow(reference: "", reason: $0) })
    }
}

extension SSLRow {
    /// Without a version where the state is not known: such a row is read in full.
    func row(in state: String) -> OrderRow {
        let serial = serialNumber ?? ""
        return OrderRow(
            order: OrderReference("\(sslId)"), certificate: serial.isEmpty ? nil : CertificateReference("\(sslId)"),
            version: state.isEmpty ? "" : "\(state)|\(serial)")
    }
}
