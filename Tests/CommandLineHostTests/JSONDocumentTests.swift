// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import CommandLineHost

struct JSONDocumentTests {
    private let document = JSONDocument.object([
        "text": .text("a \"b\" \\ / \n\r\t\u{1}\u{7f} ü 🔑"), "number": .number(-7), "decimal": .decimal(0.25),
        "truth": .truth(true), "nothing": .null, "list": .list([.number(1), .list([]), .object([:])]),
    ])

    @Test(arguments: [true, false])
    func `what is written is read again`(_ isIndented: Bool) throws {
        let text = document.encoded(isIndented: isIndented)
        let read = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(read["text"] as? String == "a \"b\" \\ / \n\r\t\u{1}\u{7f} ü 🔑")
        #expect(read["number"] as? Int == -7)
        #expect(read["decimal"] as? Double == 0.25)
        #expect(read["truth"] as? Bool == true)
        #expect(read["nothing"] is NSNull)
        #expect((read["list"] as? [Any])?.count == 3)
        #expect(text.contains("\n") == isIndented)
    }

    @Test func `keys are sorted, and what is empty takes no line`() {
        let small = JSONDocument.object(["b": .list([]), "a": .object(["c": .number(1)])])
        #expect(small.encoded(isIndented: false) == #"{"a":{"c":1},"b":[]}"#)
        #expect(small.encoded(isIndented: true) == "{\n  \"a\": {\n    \"c\": 1\n  },\n  \"b\": []\n}")
    }

    @Test func `what is no number is nothing`() {
        #expect(JSONDocument.decimal(.nan).encoded(isIndented: false) == "null")
    }

    @Test func `no control character leaves as it is`() {
        for value in UInt8(0)..<0x20 {
            let text = JSONDocument.text(String(UnicodeScalar(value))).encoded(isIndented: false)
            #expect(text.utf8.allSatisfy { $0 >= 0x20 })
        }
    }
}
