// SPDX-License-Identifier: Apache-2.0

import ProviderHTTP
import PublicCA
import Testing

@testable import SectigoProvider

struct ListPlaceTests {
    private func place(_ text: String) throws -> ListPlace { try #require(ListPlace(PageCursor(text))) }

    private func page(_ count: Int, of total: Int?) -> ListPage<Int> {
        ListPage(rows: (0..<count).map { .readable($0) }, total: total)
    }

    private func page(_ count: Int, of total: Int?, then place: inout ListPlace) -> Bool {
        place.advance(by: page(count, of: total), size: 200)
    }

    @Test func `a full page leads on, and a short one to the next state`() throws {
        var place = try #require(ListPlace(nil))
        #expect(page(200, of: 250, then: &place))
        #expect(place.cursor == PageCursor("0:200:250:0:1:0:"))
        #expect(!page(50, of: 250, then: &place))
        place.nextState()
        #expect(place.cursor == PageCursor("1:0::250:1:0:"))
    }

    @Test func `a page shorter than asked is not the last one where the total says more`() throws {
        var place = try #require(ListPlace(nil))
        #expect(page(50, of: 120, then: &place))
        #expect(page(50, of: 120, then: &place))
        #expect(!page(20, of: 120, then: &place))
    }

    @Test func `a total that is too small or too large neither ends a list nor makes it endless`() throws {
        var small = try #require(ListPlace(nil))
        #expect(page(200, of: 200, then: &small))
        #expect(!page(50, of: 50, then: &small))
        var large = try #require(ListPlace(nil))
        #expect(page(50, of: 9000, then: &large))
        #expect(!page(0, of: 9000, then: &large))
    }

    @Test func `rows that left are read around, so that none behind them is lost`() throws {
        var place = try place("0:200:500:0:1:0:")
        // Three rows before the page's edge have left: three that were behind it now stand before it.
        #expect(page(200, of: 497, then: &place))
        #expect(place.position == 197)
        #expect(page(200, of: 497, then: &place))
        #expect(place.position == 397)
    }

    @Test func `a short page after rows left is not the end yet`() throws {
        var place = try place("0:400:450:0:1:0:")
        #expect(page(45, of: 445, then: &place))
        #expect(place.position == 395)
        #expect(!page(50, of: 445, then: &place))
    }

    @Test func `new rows make no page come again`() throws {
        var place = try place("0:200:500:0:1:0:")
        #expect(page(200, of: 501, then: &place))
        #expect(place.position == 400)
    }

    @Test(arguments: ["", "x", "1:2", "-1:0::0:0:0:", "0:-5::0:0:0:", "0:0:", "1:2:3:4:5:6:7:8"])
    func `a cursor of another list is none`(_ text: String) {
        #expect(ListPlace(PageCursor(text)) == nil)
    }

    @Test func `a cursor comes back as it was`() throws {
        let text = "3:40:120:300:5:1:900"
        #expect(try place(text).cursor == PageCursor(text))
    }
}
