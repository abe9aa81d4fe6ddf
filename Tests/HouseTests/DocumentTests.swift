// SPDX-License-Identifier: Apache-2.0

import Testing

struct DocumentTests {
    @Test func `a block is found at any depth, and missed when one word differs`() {
        let source = "a {\n    let b = 1\n    if b {\n        c()\n    }\n}"
        #expect(Rule.contains(source, "let b = 1\nif b {\n    c()"))
        #expect(!Rule.contains(source, "let b = 2\nif b {\n    c()"))
        #expect(!Rule.contains(source, "let b = 1\nif b {\nc()"))
    }
}
