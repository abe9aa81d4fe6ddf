// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CommandLineHost

struct StatusPageTests {
    @Test func `a bar is as long as its number is, and never nothing for something`() {
        let plain = Bars(isPlain: true)
        #expect([0, 1, 50, 100].map { plain.text($0, of: 100, width: 10).count } == [0, 1, 5, 10])
        let blocks = Bars(isPlain: false)
        #expect(blocks.text(100, of: 100, width: 10) == String(repeating: "█", count: 10))
        #expect(blocks.text(55, of: 100, width: 10) == "█████▌")
        #expect(blocks.text(1, of: 1000, width: 10) == "▏")
        #expect(blocks.text(0, of: 100, width: 10).isEmpty && blocks.text(0, of: 0, width: 10).isEmpty)
    }
}
