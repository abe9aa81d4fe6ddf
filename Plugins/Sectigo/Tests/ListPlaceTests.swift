// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

@testable import SectigoProvider

struct ListPlaceTests {
    private func place(_ text: String?) throws -> ListPlace {
        try #require(ListPlace(text.map { PageCursor($0) }))
    }

    @Test func `a full page leads on, and a short one to the next state`() throws {
        var place = try place(nil)
        place.advance(by: 200, total: 250)
        #expect(place.cursor(among: 3) == PageCursor("0:200:250"))
        place.advance(by: 50, total: 250)
        #expect(place.cursor(among: 3) == PageCursor("1:0:"))
    }

    @Test func `the last page of the last state ends the list`() throws {
        var place = try place("2:400:450")
        place.advance(by: 50, total: 450)
        #expect(place.cursor(among: 3) == nil)
    }

    @Test func `rows that left are read around, so that none behind them is lost`() throws {
        var place = try place("0:200:500")
        // Three rows before the page's edge have left: three that were behind it now stand before it.
        place.advance(by: 200, total: 497)
        #expect(place.cursor(among: 1) == PageCursor("0:197:497"))
        place.advance(by: 200, total: 497)
        #expect(place.cursor(among: 1) == PageCursor("0:397:497"))
    }

    @Test func `a short page after rows left is not the end yet`() throws {
        var place = try place("0:400:450")
        place.advance(by: 45, total: 445)
        #expect(place.cursor(among: 1) == PageCursor("0:395:445"))
        place.advance(by: 50, total: 445)
        #expect(place.cursor(among: 1) == nil)
    }

    @Test func `new rows make no page come again`() throws {
        var place = try place("0:200:500")
        place.advance(by: 200, total: 501)
        #expect(place.cursor(among: 1) == PageCursor("0:400:501"))
    }

    @Test(arguments: ["", "x", "1:2", "-1:0:", "0:-5:", "1:2:3:4"])
    func `a cursor of another list is none`(_ text: String) {
        #expect(ListPlace(PageCursor(text)) == nil)
    }
}
