// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import PublicCA
import Testing

@testable import SectigoProvider

/// Lists of servers that heed a filter, and of servers that do not.
struct ListingTests {
    /// So many orders of each word, with a status as it is shown.
    private static let world: [(id: Int, status: String)] =
        (1...7).map { ($0, "Issued") } + [(8, "Requested"), (9, "Revoked"), (10, "ISSUED"), (11, "SA Approved")]

    private enum Filter: Sendable {
        case heeded, ignored, unknownWordsIgnored, unknownWordsRefused, unknownWordsFindNothing
    }

    /// - Parameters:
    ///   - knows: words that the filter takes, as they are written.
    ///   - most: rows of a page, whatever is asked for.
    private func server(
        _ filter: Filter = .heeded, extra: [(id: Int, status: String)] = [],
        knows: Set<String> = Set(StatusWords.listed), tellsTotal: Bool = true, most: Int = 200
    ) -> OtherSCM {
        let world = Self.world + extra
        return OtherSCM { question in
            if let id = question.path.split(separator: "/").dropFirst(2).first.flatMap({ Int($0) }) {
                return world.first { $0.id == id }.map { .json(#"{"status": "\#($0.status)"}"#) }
            }
            guard question.path == "ssl/v1" else { return nil }
            var rows = world
            if let word = question.query["status"], filter != .ignored {
                switch filter {
                case _ where knows.contains(word): rows = rows.filter { $0.status.plainWord == word.plainWord }
                case .unknownWordsRefused: return .json(#"{"code":-1601,"description":"invalid"}"#, status: 400)
                case .unknownWordsIgnored, .ignored: break
                case .unknownWordsFindNothing, .heeded: rows = []
                }
            }
            let size = min(question.number("size"), most)
            let page = rows.dropFirst(question.number("position")).prefix(size)
            let text = page.map { #"{"sslId":\#($0.id),"serialNumber":"0\#($0.id)"}"# }.joined(separator: ",")
            return .json("[\(text)]", total: tellsTotal ? rows.count : nil)
        }
    }

    /// Every row by its order, with its version; fails where one comes twice, unless the second tells nothing.
    private func all(_ server: OtherSCM, in states: [String] = []) async throws -> [String: String] {
        let provider = try server.provider()
        var rows: [OrderRow] = []
        var cursor: PageCursor?
        var pages = 0
        repeat {
            let page = try await provider.listOrders(in: states, after: cursor)
            rows += page.items.filter { row in !row.version.isEmpty || !rows.contains { $0.order == row.order } }
            cursor = page.next
            pages += 1
        } while cursor != nil && pages < 100
        #expect(cursor == nil && Set(rows.map(\.order)).count == rows.count)
        return Dictionary(rows.map { ($0.order.rawValue, $0.version) }, uniquingKeysWith: { $1 })
    }

    private func words(_ rows: [String: String]) -> [String: Int] {
        Dictionary(rows.values.map { (String($0.prefix { $0 != "|" }).plainWord, 1) }, uniquingKeysWith: +)
    }

    private static let expected = ["issued": 8, "requested": 1, "revoked": 1, "saapproved": 1]
    /// One is listed, and its state is not told.
    private static let known = ["issued": 8, "requested": 1, "revoked": 1, "": 1]

    @Test func `every order comes once, under its state`() async throws {
        #expect(words(try await all(server(knows: Set(StatusWords.listed + ["SA Approved"])))) == Self.expected)
    }

    @Test(arguments: [true, false])
    func `a server that does not heed the filter mistakes no state for another`(_ tellsTotal: Bool) async throws {
        let rows = try await all(server(.ignored, tellsTotal: tellsTotal))
        #expect(words(rows) == Self.expected)
        #expect(rows["9"] == "Revoked|09")
    }

    @Test(arguments: [Filter.unknownWordsIgnored, .unknownWordsRefused, .unknownWordsFindNothing])
    private func `a word that the server does not know costs no order`(_ filter: Filter) async throws {
        let known: Set<String> = ["Requested", "Issued", "Revoked"]
        #expect(words(try await all(server(filter, knows: known))) == Self.known)
    }

    @Test func `a refused word is tried in the other manual's spelling`() async throws {
        let scm = server(.unknownWordsRefused, knows: ["Requested", "Issued", "Revoked", "SA Approved"])
        #expect(words(try await all(scm)) == Self.expected)
        #expect(!scm.questions.contains { $0.path == "ssl/v1/1" })
    }

    @Test func `an order in a state that no manual has comes, too`() async throws {
        let rows = try await all(server(extra: [(12, "Awaiting Moonrise")]))
        #expect(rows["12"]?.isEmpty == true)
        #expect(rows.count == 12)
    }

    @Test(arguments: [Filter.heeded, .ignored], [true, false])
    private func `a server that gives fewer rows than asked loses none`(
        _ filter: Filter, _ tellsTotal: Bool
    ) async throws {
        #expect(words(try await all(server(filter, tellsTotal: tellsTotal, most: 3))) == Self.expected)
    }

    @Test(arguments: [Filter.heeded, .ignored, .unknownWordsRefused])
    private func `a listing of one state holds that state alone`(_ filter: Filter) async throws {
        #expect(words(try await all(server(filter), in: ["Issued"])) == ["issued": 8])
        #expect(
            words(try await all(server(filter, knows: []), in: ["Revoked"]))
                == (filter == .heeded ? [:] : ["revoked": 1]))
    }

    @Test func `a server that heeds the filter is asked for each state once, and once for the count`() async throws {
        let scm = server(knows: Set(StatusWords.listed + ["SA Approved"]))
        _ = try await all(scm)
        #expect(scm.questions.count == StatusWords.listed.count + 1)
    }

    @Test func `a row without a serial number has no certificate, and one without its number is told`() async throws {
        let scm = OtherSCM { question in
            guard question.query["status"] == "Issued" else { return .json("[]") }
            return .json(
                #"[{"sslId":54,"serialNumber":null},{"sslId":55,"serialNumber":""},{"sslId":56,"serialNumber":"0A"},{}]"#
            )
        }
        let page = try await scm.provider().listOrders(in: ["Issued"], after: nil)
        #expect(page.items.map(\.order.rawValue) == ["54", "55", "56"])
        #expect(page.items.map { $0.certificate?.rawValue } == [nil, nil, "56"])
        #expect(page.unreadable.count == 1 && page.total == nil)
    }

    @Test func `a row without its number is told by its name, or else by its place`() async throws {
        let scm = OtherSCM { question in
            guard question.query["status"] == "Issued" else { return .json("[]") }
            return .json(#"[{"sslId":54},{"commonName":"www.example.com"},{"sslId":"x","commonName":""},7]"#)
        }
        let page = try await scm.provider().listOrders(in: ["Issued"], after: nil)
        #expect(page.unreadable.map(\.reference) == ["", "", ""])
        #expect(
            page.unreadable.map { String($0.reason.prefix { $0 != ":" }) }
                == ["www.example.com", "row 3 of the list of Issued", "row 4 of the list of Issued"])
    }

    @Test func `what is listed in full needs no details`() async throws {
        let scm = server()
        _ = try await all(scm, in: ["Issued"])
        #expect(!scm.questions.contains { $0.path.hasPrefix("ssl/v1/") })
    }
}
