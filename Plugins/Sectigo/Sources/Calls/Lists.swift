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
        var page = ListPage(rows: rows, total: total, position: position, size: size)
        if rows.contains(where: { $0.unreadable != nil }) {
            let told = reply.json([ListRow<RowName>].self)?.map { $0.readable?.text } ?? []
            page.names = told.map { $0.map(Redaction(login.secrets).callAsFunction) }
        }
        return page
    }
}

/// What a row is called that cannot be understood otherwise.
private struct RowName: Decodable {
    @Lenient var commonName: String?
    @Lenient var name: String?

    var text: String? { [commonName, name].compactMap { $0 }.first { !$0.isEmpty } }
}

struct ListPage<Row: Decodable & Sendable>: Sendable {
    var rows: [ListRow<Row>]
    /// `nil` where SCM does not tell.
    var total: Int?
    var position: Int
    var size: Int
    /// What its rows are called, where one of them cannot be understood.
    var names: [String?] = []

    /// Those of these rows that cannot be understood, each with its name, or else its place.
    func unreadable(in range: Range<Int>, of list: String) -> [UnreadableRow] {
        range.compactMap { index in
            rows[index].unreadable.map { reason in
                let name = names.indices.contains(index) ? names[index] : nil
                return UnreadableRow(
                    reference: "", reason: "\(name ?? "row \(position + index + 1) of the list of \(list)"): \(reason)")
            }
        }
    }

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
