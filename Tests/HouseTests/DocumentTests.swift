// SPDX-License-Identifier: Apache-2.0

import Testing

struct DocumentTests {
    @Test func `a block is found at any depth, and missed when one word differs`() {
        let source = "a {\n    let b = 1\n    if b {\n        c()\n    }\n}"
        #expect(Rule.contains(source, "let b = 1\nif b {\n    c()"))
        #expect(!Rule.contains(source, "let b = 2\nif b {\n    c()"))
        #expect(!Rule.contains(source, "let b = 1\nif b {\nc()"))
    }

    @Test func `a promise is told with its tests, and one without any`() {
        let page = "| | promise | proof |\n|---|---|---|\n| 1 | a `b` | `it is so`, and `make prove` |\n| 12 | c | |\n"
        #expect(Document.promises(in: page).map(\.proofs) == [["it is so"], []])
    }
}
