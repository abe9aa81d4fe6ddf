// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

extension TemplateProvider: OrderListing {
    var listedStates: [String] { [] }

    func listOrders(in states: [String], after cursor: PageCursor?) async throws(ProviderError) -> Page<OrderRow> {
        // The cursor is the CA's own; a page is one exchange.
        let query = cursor.map { [(name: "after", value: $0.rawValue)] } ?? []
        let answer = try await JSONCall(.get, ["orders"], "listing the orders", query: query)
            .send(to: endpoint, for: ListAnswer.self)
        return Page(
            items: answer.orders.compactMap { $0.readable?.orderRow }, next: answer.next.map { PageCursor($0) },
            unreadable: answer.orders.compactMap(\.unreadable).map { UnreadableRow(reference: "", reason: $0) })
    }
}

private struct ListAnswer: Decodable {
    struct Row: Decodable {
        var id: String
        var certificate: String?
        /// Counts up with every change, revocations included.
        var revision: Int

        var orderRow: OrderRow {
            OrderRow(
                order: OrderReference(id), certificate: certificate.map { CertificateReference($0) },
                version: "\(revision)")
        }
    }

    var orders: [ListRow<Row>]
    var next: String?
}
