// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ProviderHTTP
import PublicCA
import Testing

@Suite struct RedactionTests {
    let redact = Redaction([Secret("s3cr/et\"x y")], limit: 80)

    @Test(arguments: [
        #"login s3cr/et"x y failed"#, #"{"password":"s3cr/et\"x y"}"#, #"{"password":"s3cr\/et\"x y"}"#,
        "password=s3cr%2Fet%22x%20y&user=a", "Basic czNjci9ldCJ4IHk=", "Basic czNjci9ldCJ4IHk",
    ])
    func `a secret is removed in whatever dress it comes`(text: String) {
        let clean = redact(text)
        #expect(clean.contains("<secret>"))
        #expect(!clean.contains("s3cr") && !clean.contains("czNjci9"))
    }

    @Test func `a text is one short line`() {
        let clean = redact("first\r\n\tsecond\u{0}third  " + String(repeating: "word ", count: 100))
        #expect(clean.hasPrefix("first second third word"))
        #expect(clean.count == 80 && clean.hasSuffix("…"))
    }

    @Test func `keys and requests are not repeated`() {
        let pem = "-----BEGIN PRIVATE KEY-----\\n" + String(repeating: "MIIEvQ", count: 30) + "\\n-----END-----"
        let clean = redact(#"{"csr":"\#(pem)","code":-7}"#)
        #expect(!clean.contains("MIIEvQ") && clean.contains("-7"))
    }

    @Test func `bytes that are no text do not matter`() {
        #expect(redact(Data([0xff, 0xfe, 0x41])).hasSuffix("A"))
        #expect(Redaction()("plain") == "plain")
    }

    @Test func `a secret at the end of what is kept is not shown in part`() {
        let text = String(repeating: "x ", count: 38) + "s3cr/et\"x y"
        #expect(!redact(text).contains("s3c"))
    }
}
