// SPDX-License-Identifier: Apache-2.0

import ProviderHTTP
import PublicCA
import Testing

@testable import SectigoProvider

struct ListPlaceTests {
    private static let size = 5

    /// - Parameter ids: 0 for a row that cannot be understood.
    private func page(_ ids: some Collection<Int>, at position: Int, total: Int?) -> ListPage<SSLRow> {
        let rows = ids.map { $0 == 0 ? ListRow<SSLRow>.unreadable("no number") : .readable(SSLRow(sslId: $0)) }
        return ListPage(rows: rows, total: total, position: position, size: Self.size)
    }

    /// Lists one state, which `change` alters before each page, and returns what was met and in how many pages.
    private func list(
        _ rows: [Int], tellsTotal: Bool = true, most: Int = size,
        change: (_ page: Int, _ rows: inout [Int]) -> Void = { _, _ in }
    ) throws -> (met: [Int], unnamed: Int, pages: Int) {
        var (rows, met, unnamed, pages) = (rows, [Int](), 0, 0)
        var cursor: PageCursor?
        repeat {
            var place = try #require(ListPlace(cursor))
            change(pages, &rows)
            pages += 1
            try #require(pages < 100)
            let start = min(place.start, rows.count)
            let window = rows[start..<min(start + most, rows.count)]
            let fresh = place.advance(past: page(window, at: start, total: tellsTotal ? rows.count : nil))
            met += fresh.compactMap(\.readable?.sslId)
            unnamed += fresh.count { $0.readable == nil }
            cursor = place.cursor(among: 1)
        } while cursor != nil
        return (met, unnamed, pages)
    }

    @Test(arguments: [0, 1, 4, 5, 6, 8, 11, 23])
    func `a list at rest is met once, row for row`(_ count: Int) throws {
        #expect(try list(Array(1..<(count + 1))).met == Array(1..<(count + 1)))
        #expect(try list(Array(1..<(count + 1)), tellsTotal: false).met == Array(1..<(count + 1)))
    }

    @Test(arguments: [0, 1, 3, 4, 5, 8, 11], [true, false])
    func `a server that gives fewer rows than asked is met whole, told or not`(_ count: Int, _ tells: Bool) throws {
        #expect(try list(Array(1..<(count + 1)), tellsTotal: tells, most: 3).met == Array(1..<(count + 1)))
        #expect(try list([], tellsTotal: tells).pages == 1)
    }

    @Test(arguments: [1, 2, 4, 5])
    func `one that gives the same rows again is left`(_ count: Int) throws {
        var place = try #require(ListPlace(nil))
        for _ in 0..<3 where place.state == 0 {
            _ = place.advance(past: page(1..<(count + 1), at: place.start, total: nil))
        }
        #expect(place.state == 1 && place.seen == count)
    }

    @Test(arguments: [[0], [7, 0], [0, 7], [7, 0, 0, 0, 0], [0, 0, 0, 0, 0], [-7]], [nil, 1 << 39])
    func `one that gives the same rows again is left, where they cannot be understood too`(_ rows: [Int], _ total: Int?)
        throws
    {
        var (place, pages) = (try #require(ListPlace(nil)), 0)
        while place.state == 0, pages < 99 {
            pages += 1
            _ = place.advance(past: page(rows, at: place.start, total: total))
            if place.state == 0 { #expect(ListPlace(place.cursor(among: 1)) == place) }
        }
        #expect(pages < 19)
        #expect(pages < 9 || place.isDoubtful)
    }

    @Test(arguments: [true, false])
    func `rows that cannot be understood are met once, and hide none`(_ tells: Bool) throws {
        for gap in 0..<9 {
            let rows = Array(1..<9) + Array(repeating: 0, count: gap) + Array(9..<20)
            let met = try list(rows, tellsTotal: tells)
            #expect(met.met == Array(1..<20))
            #expect(met.unnamed == gap)
        }
    }

    @Test(arguments: [1, 2, 3, 7, 12])
    func `what stays is met however many before it leave`(_ leaving: Int) throws {
        let met = try list(Array(1..<30)) { page, rows in if page == 3 { rows.removeFirst(leaving) } }.met
        #expect(Set(met).isSuperset(of: (leaving + 1)..<30))
    }

    @Test(arguments: 1..<6, [true, false])
    func `what stays is met where rows leave again and again`(_ leaving: Int, _ tells: Bool) throws {
        let met = try list(Array(1..<200), tellsTotal: tells) { page, rows in
            if page % 9 == 3 { rows.removeFirst(leaving) }
        }.met
        #expect(Set(met).isSuperset(of: 150..<200))
        #expect(zip(met, met.dropFirst()).allSatisfy { $1 == $0 + 1 })
    }

    @Test func `a number that is none is not taken for a row without one`() throws {
        var place = try #require(ListPlace(nil))
        _ = place.advance(past: page([1, 2, 3, 4, 0], at: 0, total: 9))
        let zero = ListRow<SSLRow>.readable(SSLRow(sslId: 0))
        let rows = page([4, 0, 6, 7], at: 3, total: 9).rows + [zero]
        #expect(place.advance(past: ListPage(rows: rows, total: 9, position: 3, size: Self.size)).count == 3)
    }

    @Test(arguments: [1, 2, 3, 7])
    func `no row comes twice where the others stay in order`(_ leaving: Int) throws {
        let met = try list(Array(1..<30)) { page, rows in if page == 3 { rows.removeFirst(leaving) } }.met
        #expect(met == Array(1..<30))
    }

    @Test func `a row that leaves as another comes hides none`() throws {
        let met = try list(Array(1..<30)) { page, rows in
            guard page == 2 else { return }
            rows.removeFirst(3)
            rows += [31, 32, 33]
        }
        #expect(Set(met.met).isSuperset(of: Array(4..<30) + [31, 32, 33]))
    }

    @Test func `new rows in front make none come twice`() throws {
        let met = try list(Array(1..<30)) { page, rows in if page > 0, page < 4 { rows.insert(100 + page, at: 0) } }
        #expect(met.met == Array(1..<30))
    }

    @Test func `a list in another order each time comes to an end`() throws {
        #expect(try list(Array(1..<30)) { _, rows in rows = Array(rows[15...] + rows[..<15]).reversed() }.pages < 40)
    }

    @Test func `a server that gives fewer rows than it is asked for is followed by its total`() throws {
        var place = try #require(ListPlace(nil))
        #expect(place.advance(past: page(1..<4, at: 0, total: 4)).count == 3)
        #expect(place.cursor(among: 1) != nil)
        #expect(place.advance(past: page(2..<5, at: 1, total: 4)).count == 1)
        #expect(place.cursor(among: 1) == nil)
    }

    @Test func `a total that is too small or too large neither ends a list nor makes it endless`() throws {
        var small = try #require(ListPlace(nil))
        _ = small.advance(past: page(1..<6, at: 0, total: 5))
        #expect(small.state == 0)
        _ = small.advance(past: page(4..<9, at: 3, total: 5))
        _ = small.advance(past: page(7..<9, at: 6, total: 5))
        #expect(small.state == 1 && small.seen == 8)
        var large = try #require(ListPlace(nil))
        _ = large.advance(past: page(1..<6, at: 0, total: 9000))
        _ = large.advance(past: page(4..<6, at: 3, total: 9000))
        #expect(large.state == 1 && large.seen == 5)
    }

    @Test func `what no state had is listed without one`() throws {
        var place = try #require(ListPlace(nil))
        place.all = 4
        _ = place.advance(past: page(1..<4, at: 0, total: 3))
        let cursor = try #require(place.cursor(among: 1))
        var rest = try #require(ListPlace(cursor))
        #expect(rest.state == 1 && rest.start == 0 && rest.isNarrowed)
        _ = rest.advance(past: page(1..<5, at: 0, total: 4))
        #expect(rest.cursor(among: 1) == nil)
    }

    @Test func `where nobody counts, a state that was not heard leaves a rest`() throws {
        var place = try #require(ListPlace(nil))
        place.next(hasHeard: true)
        #expect(place.cursor(among: 1) == nil)
        place.next(hasHeard: false)
        #expect(place.cursor(among: 2) != nil)
    }

    @Test(arguments: [
        "", "x", "1:2", "-1:0::0:0:0:", "0:-5::0:0:0:", "0:1:4,5:0:0:0:", "1:2::3:4:0:5:6", "0:0::0:x:0:",
        "0:\(Int.max)::0:0:0:", "0:0::0:\(Int.max):0:",
    ])
    func `a cursor of another list is none`(_ text: String) {
        #expect(ListPlace(PageCursor(text)) == nil)
    }

    @Test func `a cursor comes back as it was`() throws {
        let text = "3:40:120,121:2:300:5:900"
        #expect(try #require(ListPlace(PageCursor("3:40:38,39:2:300:5:900"))).cursor(among: 9) != nil)
        #expect(try #require(ListPlace(PageCursor(text))).cursor(among: 9) == PageCursor(text))
    }
}
