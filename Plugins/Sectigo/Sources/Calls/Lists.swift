// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import ProviderHTTP
import PublicCA

/// SCM's lists: a size of at most 200, a position counted in entries, and a total in a header.
extension SectigoProvider {
    static let pageSize = 200

    func page<Row: Decodable & Sendable>(
        _ path: [String], _ purpose: String, filters: [(name: String, value: String)], from position: Int,
        size: Int = SectigoProvider.pageSize, of row: Row.Type
    ) async throws(ProviderError) -> ListPage<Row> {
        let window = [(name: "size", value: "\(size)"), (name: "position", value: "\(position)")]
        let reply = try await JSONCall(.get, path, purpose, query: filters + window).send(to: reading)
        guard let rows = reply.response.status == .noContent ? [] : reply.json([ListRow<Row>].self) else {
            throw ProviderError(.transient(retryAfter: nil), "\(purpose): SCM's answer cannot be understood")
        }
        let total = HTTPField.Name("X-Total-Count").flatMap { reply.response.headerFields[$0] }
            .flatMap { Int($0.trimmed) }.flatMap { $0 < 0 ? nil : $0 }
        return ListPage(rows: rows, total: total, position: position, size: size)
    }
}

struct ListPage<Row: Decodable & Sendable>: Sendable {
    var rows: [ListRow<Row>]
    /// `nil` where SCM does not tell.
    var total: Int?
    var position: Int
    var size: Int

    var end: Int { position + rows.count }

    /// A page that is shorter than asked is the last one where the total says so: some servers give fewer rows at once than
    /// they are asked for, and where no total is told, only a page without anything new is an end. A full page leads on
    /// whatever the total says.
    var isLast: Bool { rows.isEmpty || (rows.count < size && total.map { end >= $0 } ?? false) }
}

/// A row of the list of certificates: no state, no date.
struct SSLRow: Decodable {
    @Lenient var sslId: Int
    @Lenient var commonName: String?
    /// Missing before issuance, and null in some answers.
    @Lenient var serialNumber: String?
}
