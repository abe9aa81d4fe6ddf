// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension RepositoryCheck {
    private static func ids<Element>(
        _ read: (PageCursor?) async throws -> Page<Element>, _ id: (Element) -> String
    ) async throws -> [String] {
        var found: [String] = []
        var cursor: PageCursor?
        repeat {
            let page = try await read(cursor)
            found += page.items.map(id)
            cursor = page.next
            guard found.count < 1000, cursor == nil || !page.items.isEmpty else {
                throw RepositoryCheckFailure("the pages never end")
            }
        } while cursor != nil
        return found
    }

    static let paging: [RepositoryCheck] = [
        RepositoryCheck("pages of orders lose and double nothing, whatever their size and conditions") { checked in
            let all = (0..<23).map { Sample.id("ord_", $0) }
            let phases: [OrderPhase] = [.placed, .stuck, .completed]
            try await checked.commit { changes in
                changes.puts = all.enumerated().map { number, id in
                    .order(
                        Sample.order(id, phase: phases[number % 3], names: ["a\(number).example.org", "b.example.org"]))
                }
            }
            for limit in [1, 2, 22, 23, 24] {
                for fill in [
                    { _ in }, { $0.account = "main" }, { $0.phases = phases },
                    { $0.name = NamePattern("*.example.org") },
                    { $0.name = NamePattern("b.*") }, { $0.idPrefix = "ord_" },
                    { $0.managed = ManagedCertificateID("mgd_1") },
                ] as [(inout OrderQuery) -> Void] {
                    var query = OrderQuery()
                    query.limit = limit
                    fill(&query)
                    let found = try await ids(
                        { cursor in
                            query.after = cursor
                            return try await checked.repository.orders(query)
                        }, \.id.rawValue)
                    try expect("orders in pages of \(limit)", found, all)
                }
            }
        },
        RepositoryCheck("pages of certificates lose and double nothing, whatever their conditions") { checked in
            let all = (0..<11).map { Sample.id("crt_", $0) }
            try await checked.commit { changes in
                changes.puts = all.enumerated().map { number, id in
                    .certificate(
                        Sample.certificate(
                            id, status: CertificateStatus.allCases[number % 4], days: number % 3,
                            successor: number % 2 == 0 ? nil : "crt_x"))
                }
            }
            for fill in [
                { _ in }, { $0.account = "main" }, { $0.statuses = CertificateStatus.allCases },
                { $0.notAfter = Sample.start..<Sample.start.adding(.seconds(864_000)) },
                { $0.name = NamePattern("www.*") },
            ] as [(inout CertificateQuery) -> Void] {
                var query = CertificateQuery()
                query.limit = 3
                fill(&query)
                let found = try await ids(
                    { cursor in
                        query.after = cursor
                        return try await checked.repository.certificates(query)
                    }, \.id.rawValue)
                try expect("certificates", found, all)
            }
        },
        RepositoryCheck("a list goes on where it was, although records come and go meanwhile") { checked in
            try await checked.commit { changes in
                changes.puts = [1, 3, 5, 7].map { .order(Sample.order("ord_\($0)")) }
            }
            var query = OrderQuery()
            query.limit = 2
            let first = try await checked.repository.orders(query)
            query.after = first.next
            let gone = try require("order", try await checked.repository.order(OrderID("ord_3")))
            try await checked.commit { changes in
                changes.deletes = [.order(gone)]
                changes.puts = [.order(Sample.order("ord_2")), .order(Sample.order("ord_6"))]
            }
            let second = try await checked.repository.orders(query).items.map(\.id.rawValue)
            try expect("second page", second, ["ord_5", "ord_6"])
        },
    ]
}
