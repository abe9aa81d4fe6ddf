// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// Rows of SCM's list say neither state nor date. One listing for each state tells the state, so that only what changed
/// has to be read in full.
extension SectigoProvider: OrderListing {
    var listedStates: [String] { StatusWords.listed }

    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        guard var place = ListPlace(cursor) else {
            throw ProviderError(.rejected, "listing the orders: the cursor is of another list")
        }
        // All there are, in whatever state: what the listings by states leave out is listed without one.
        if cursor == nil, states.isEmpty { place.all = try await rows(in: nil, from: 0, size: 1).total }
        let listed = states.isEmpty ? StatusWords.listed : states
        let state = place.state < listed.count ? listed[place.state] : nil
        let page: ListPage<SSLRow>
        do throws(ProviderError) {
            page = try await rows(in: state, from: place.start, size: Self.pageSize)
        } catch {
            // SCM's two manuals spell some states differently: one that it does not know is passed over.
            guard states.isEmpty, state != nil, case .rejected = error.disposition else { throw error }
            place.next()
            return Page(items: [], next: place.cursor(among: listed.count), total: place.all)
        }
        if place.isRepeated(by: page) { return Page(items: [], next: nil, total: place.all) }
        let fresh = place.advance(past: page)
        return Page(
            items: fresh.compactMap { $0.readable?.row(in: state) }, next: place.cursor(among: listed.count),
            total: place.all ?? (states.count == 1 ? page.total : nil),
            unreadable: fresh.compactMap(\.unreadable).map { UnreadableRow(reference: "", reason: $0) })
    }

    private func rows(
        in state: String?, from position: Int, size: Int
    ) async throws(ProviderError) -> ListPage<SSLRow> {
        try await page(
            ["ssl", "v1"], "listing the orders", filters: state.map { [(name: "status", value: $0)] } ?? [],
            from: position, size: size, of: SSLRow.self)
    }

    func orderWithCertificate(_ reference: OrderReference) async throws(ProviderError) -> OrderWithCertificate? {
        let details = try await details(reference.rawValue, "reading the order")
        let order = details.snapshot(CertificateReference(reference.rawValue))
        guard case .issued(let certificate) = order.state else {
            return OrderWithCertificate(order: order, certificate: nil)
        }
        do throws(ProviderError) {
            return OrderWithCertificate(
                order: order, certificate: .success(try await snapshot(of: certificate, details)))
        } catch {
            return OrderWithCertificate(order: order, certificate: .failure(error))
        }
    }
}

extension SSLRow {
    /// - Parameter state: `nil` where it is not known.
    func row(in state: String?) -> OrderRow {
        let serial = serialNumber ?? ""
        return OrderRow(
            order: OrderReference("\(sslId)"), certificate: serial.isEmpty ? nil : CertificateReference("\(sslId)"),
            version: state.map { "\($0)|\(serial)" } ?? "")
    }
}
