// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CommandLineHost

struct SingleLineTests {
    @Test(arguments: [
        "\n", "\r", "\u{1B}", "\u{7F}", "\u{85}", "\u{9B}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}",
    ])
    func `what ends a line, moves a cursor or turns a text is left out`(_ disturber: String) {
        #expect("Acme\(disturber)Ltd".singleLine == "Acme Ltd")
    }

    @Test(arguments: ["Acme", "Bücher", "نشر", "می\u{200C}خواهم", "👩\u{200D}🔬", "東京"])
    func `what people write stays`(_ text: String) {
        #expect(text.singleLine == text)
    }
}
