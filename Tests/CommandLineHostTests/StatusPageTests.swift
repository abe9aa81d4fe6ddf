// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Testing

@testable import CommandLineHost

struct StatusPageTests {
    @Test func `a terminal's lines are kept, and elsewhere nothing is broken`() {
        var status = StatusReport(now: Date(timeIntervalSince1970: 1_767_225_600))
        let words = (1...40).map { "word\($0)" }.joined(separator: " ")
        status.attention = [
            Attention(.orderStuck, subject: "ord_1", what: "\(words)\n\u{1b}[2J", hint: words, since: status.now)
        ]
        status.orders = OrderPhase.allCases.map { ($0.rawValue, 100_000) }
        status.weeks = (0..<12).map { (status.now, $0 * 1000) }
        let narrow = StatusPage(status: status, width: 80, bars: Bars(isPlain: false)).text
        let lines = narrow.components(separatedBy: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(narrow)")
        #expect(lines.count > 25 && !narrow.contains("\u{1b}"))
        #expect(narrow.contains("█") && narrow.contains("(since 2026-01-01 00:00)"))
        let wide = StatusPage(status: status, width: nil, bars: Bars(isPlain: true)).text
        #expect(wide.contains("            \(words)\n"))
    }

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
