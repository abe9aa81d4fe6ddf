// SPDX-License-Identifier: Apache-2.0

import Testing

struct DocumentTests {
    @Test func `a block is found at any depth, and missed when one word differs`() {
        let source = "a {\n    let b = 1\n    if b {\n        c()\n    }\n}"
        #expect(Rule.contains(source, "let b = 1\nif b {\n    c()"))
        #expect(!Rule.contains(source, "let b = 2\nif b {\n    c()"))
        #expect(!Rule.contains(source, "let b = 1\nif b {\nc()"))
    }

    @Test(
        arguments: zip(
            ["`it is so`, and `make prove`", "`it is not so`", "", "by hand"],
            [[], ["it is not so"], ["| 12 | a `b` | |"], ["| 12 | a `b` | by hand |"]]))
    func `a promise without a test, and a test that is not there, are found`(_ cell: String, _ found: [String]) {
        let row = cell.isEmpty ? "| 12 | a `b` | |" : "| 12 | a `b` | \(cell) |"
        let page = Document(path: "page", text: "| | promise | proof |\n|---|---|---|\n\(row)\n| C | d | |\n")
        #expect(page.unproved(by: ["@Test func `it is so`() {"]) == found)
    }
}
