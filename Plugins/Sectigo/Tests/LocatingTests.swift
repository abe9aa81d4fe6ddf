// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA
import PublicCATesting
import Testing

@testable import SectigoProvider

/// Looking for an order in lists of an order and a size that the simulated SCM does not give.
struct LocatingTests {
    private static let key = OrderKey("pca-1")
    private static let comments = "for the shop [order key pca-1]"

    /// A page of the list, where it begins, and the total where it is told.
    private static func page(_ ids: some Collection<Int>, from position: Int = 0, of total: Int? = nil) -> Exchange {
        let rows = ids.map { #"{"sslId": \#($0), "commonName": "shop.example.com"}"# }
        return .with(
            .get, "/api/ssl/v1?commonName=shop.example.com&size=200&position=\(position)",
            "[\(rows.joined(separator: ","))]", total: total ?? position + ids.count)
    }

    private static func details(
        _ id: Int, _ requested: String, _ comments: String = "", _ status: String = "Issued"
    ) -> Exchange {
        .with(
            .get, "/api/ssl/v1/\(id)?dateFormat=ISO",
            #"{"id": \#(id), "status": "\#(status)", "requested": "\#(requested)", "comments": "\#(comments)"}"#)
    }

    private func locate(_ exchanges: [Exchange], comments: String = "for the shop") async throws -> Located? {
        try await Replayed.open(over: ReplayTransport(exchanges)).locating?.locate(Self.attempt(comments: comments))
    }

    private static func attempt(comments: String = "for the shop") -> OrderAttempt {
        let request = OrderRequest(
            key: key, signingRequest: PaperMaterial.signingRequest(commonName: "shop.example.com"),
            commonName: "shop.example.com", alternativeNames: [.dnsName("shop.example.com")],
            profile: ProfileID("501"), term: 199, comments: comments)
        return OrderAttempt(
            request: request, kind: .new, predecessor: nil, notBefore: Date(timeIntervalSince1970: 1_779_321_600))
    }

    @Test func `an older entry with a newer number does not hide ours`() async throws {
        let found = try await locate([
            Self.page([9, 8]), Self.details(9, "05/01/2025"), Self.details(8, "05/21/2026", Self.comments),
        ])
        #expect(found == .found(OrderReference("8")))
    }

    @Test func `the order key decides, however old its order is, and whatever a renewal has copied`() async throws {
        let found = try await locate([
            Self.page([9, 8]), Self.details(9, "05/21/2026", Self.comments),
            Self.details(8, "05/01/2025", Self.comments),
        ])
        #expect(found == .found(OrderReference("8")))
    }

    @Test func `without a key, what is too old is not ours, and what has no day may be`() async throws {
        let list = [
            Self.page([9, 8, 7, 6]), Self.details(9, "05/01/2025"), Self.details(8, "05/20/2026"),
            Self.details(7, "in spring"), Self.details(6, "05/21/2026", "[order key pca-2]"),
        ]
        // Ours may have left no room for the key, and comments may not be shown.
        for comments in [String(repeating: "x", count: 1020), "for the shop"] {
            #expect(
                try await locate(list, comments: comments) == .undecided([OrderReference("8"), OrderReference("7")]))
        }
        #expect(try await locate([Self.page([9, 6]), list[1], list[4]]) == .absent)
    }

    @Test(arguments: ["Declined", "REJECTED", "Invalid"])
    func `an order that came to nothing is ours where no other has the key`(_ status: String) async throws {
        let refused = Self.details(8, "05/21/2026", Self.comments, status)
        #expect(try await locate([Self.page([8]), refused]) == .found(OrderReference("8")))
        let living = [Self.page([9, 8]), Self.details(9, "05/21/2026", Self.comments, "Applied"), refused]
        #expect(try await locate(living) == .found(OrderReference("9")))
    }

    @Test func `a list of several pages is read to its end`() async throws {
        let pages = [Self.page((201...400).reversed()), Self.page((100...201).reversed(), from: 199)]
        let all = (100...400).map { Self.details($0, "05/21/2026", $0 == 100 ? Self.comments : "") }
        #expect(try await locate(pages + all) == .found(OrderReference("100")))
    }

    @Test(arguments: [130, nil])
    func `a server that gives fewer rows than asked hides none, told or not`(_ total: Int?) async throws {
        let scm = OtherSCM { question in
            guard question.path == "ssl/v1" else {
                return .json(
                    #"{"status": "Issued", "comments": "\#(question.path == "ssl/v1/130" ? Self.comments : "")"}"#)
            }
            let ids = (1...130).dropFirst(question.number("position")).prefix(50)
            return .json("[\(ids.map { #"{"sslId":\#($0)}"# }.joined(separator: ","))]", total: total)
        }
        #expect(try await scm.provider().locate(Self.attempt()) == .found(OrderReference("130")))
        #expect(scm.questions.count { $0.path == "ssl/v1" } == (total == nil ? 4 : 3))
    }

    @Test(arguments: [1, 7, 200], [9000, nil])
    func `a server that does not heed the position is asked twice at most`(_ rows: Int, _ total: Int?) async throws {
        let scm = OtherSCM { question in
            question.path == "ssl/v1"
                ? .json("[\((1...rows).map { #"{"sslId":\#($0)}"# }.joined(separator: ","))]", total: total)
                : .json(#"{"status": "Issued", "comments": "[order key pca-2]"}"#)
        }
        #expect(try await scm.provider().locate(Self.attempt()) == .absent)
        #expect(scm.questions.count { $0.path == "ssl/v1" } == 2)
    }

    @Test func `rows that moved while the list was read make a lookup fail, not absent`() async throws {
        // A row of the first page has gone, and the last but one that was read begins the second.
        let pages = [Self.page((201...400).reversed()), Self.page((100...200).reversed(), from: 199)]
        await #expect(
            throws: ProviderError(
                .transient(retryAfter: nil), "looking for the order: the list changed while it was read")
        ) { try await locate(pages) }
    }

    @Test func `a row that cannot be understood may be ours`() async throws {
        let list = Exchange.with(
            .get, "/api/ssl/v1?commonName=shop.example.com&size=200&position=0",
            #"[{"commonName": "shop.example.com"}]"#)
        await #expect(throws: ProviderError.self) { try await locate([list]) }
    }
}
