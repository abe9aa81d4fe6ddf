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

    /// A secret with something in it that each encoder has its own way with.
    @Test(arguments: [
        #"{"password":"p\u0026<ä b/\"+"}"#, #"{"password":"p\u0026\u003c\u00e4 b/\u0022+"}"#,
        #"{"password":"p\u0026\u003C\u00E4 b\/\u0022+"}"#, "<b>p&amp;&lt;ä b/&quot;+</b>",
        "<b>p&#38;&#x3c;&#228; b/&#34;+</b>",
        "password=p%26%3c%c3%a4+b%2f%22%2b&x=1", "password=p%26%3C%C3%A4%20b%2F%22%2B", "p%26%3Cä b/\"+",
        "p%2526%253C%25C3%25A4%2520b%252F%2522%252B", "Basic YW5uOnAmPMOkIGIvIis=", "Basic YW5uOnAmPMOkIGIvIis",
        #"{"nested":"{\\"password\\":\\"p\\\\u0026<ä b/\\\\\\"+\\"}"}"#,
    ])
    func `a secret that is escaped in any way does not get through`(text: String) {
        let clean = Redaction([Secret("p&<ä b/\"+")])("login failed: " + text)
        #expect(clean.contains("<secret>"), "\(clean)")
        for part in ["ä", "u00e4", "%c3", "%C3", "25C3", "228", "YW5u"] { #expect(!clean.contains(part), "\(clean)") }
    }

    @Test(arguments: ["no: a\nb\tc", #"{"k":"a\nb\tc"}"#, "a%0ab%09c", #"{"k":"a\u000ab\u0009c"}"#])
    func `a secret of several lines does not get through`(text: String) {
        let clean = Redaction([Secret("a\nb\tc")])(text)
        #expect(clean.contains("<secret>"), "\(clean)")
    }

    @Test(arguments: [
        "s3cr/et\"x y\u{301}", "a s3cr/et\"x y\u{fe0f}.", "s3cr%2Fet%22x%20y\u{301}", "czNjci9ldCJ4IHk=\u{20dd}",
        "s3cr&#47;et&#34;x y\u{301}",
    ])
    func `a secret does not get through with an accent on its last letter`(text: String) {
        let clean = redact(text)
        #expect(clean.contains("<secret"), "\(clean)")
        #expect(!clean.contains("s3cr") && !clean.contains("czNjci9"), "\(clean)")
    }

    @Test(arguments: [
        ("p\u{e4}ssword", "no: pa\u{308}ssword"), ("pa\u{308}ssword", "no: p\u{e4}ssword"),
        ("p\u{e4}ssword", "no: pa\u{308}ssword\u{301}"), ("password", "no: p%61sswor\u{10f}"),
        ("pass;word", "no: pass\u{37e}word"), ("Kpassword", "no: \u{212a}password"),
    ])
    func `a letter that is written in another way is the same letter`(secret: String, text: String) {
        let clean = Redaction([Secret(secret)])(text)
        #expect(clean.contains("<secret>") && !clean.contains("ss"), "\(clean)")
    }

    @Test(arguments: ["a\nb secret", "a  b secret", "a\u{0}b \u{2028}secret"])
    func `a secret with blanks is none that comes about in the line`(text: String) {
        #expect(Redaction([Secret("a b secret")])(text) == "<secret>")
    }

    @Test(arguments: ["100% sure", "a & b", "C:\\new", #"\u12"#, "%zz", "&nothing;", "&#x110000;", "%", "\\"])
    func `a text that only looks escaped stays as it is`(text: String) {
        #expect(Redaction([Secret("swordfish")])(text) == text)
    }

    @Test func `a text is one short line`() {
        let clean = redact("first\r\n\tsecond\u{0}\u{202E}\u{2028}third  " + String(repeating: "word ", count: 100))
        #expect(clean.hasPrefix("first second third word"))
        #expect(clean.count == 80 && clean.hasSuffix("…"))
    }

    @Test func `keys and requests are not repeated`() {
        let pem = "-----BEGIN PRIVATE KEY-----\\n" + String(repeating: "MIIEvQ", count: 30) + "\\n-----END-----"
        let clean = redact(#"{"csr":"\#(pem)","code":-7}"#)
        #expect(!clean.contains("MIIEvQ") && clean.contains("-7"))
    }

    @Test func `bytes that are no text do not matter`() {
        #expect(redact(Data([0xff, 0xfe, 0x41])) == "left out, as it is no text")
        #expect(redact(Data("ung".utf8) + [0xfc] + Data("ltige Anfrage".utf8)) == "ung\u{fffd}ltige Anfrage")
        #expect(Redaction()("plain") == "plain")
    }

    @Test func `a text as long as it likes is short, also where one character has a million bytes`() {
        let towering = "a" + String(repeating: "\u{301}", count: 1_000_000)
        #expect(redact(towering).utf8.count < 400)
        #expect(redact(Data(towering.utf8)).utf8.count < 400)
    }

    @Test func `a secret at the end of what is read is not shown in part`() {
        for length in [65_521, 65_530, 65_533, 65_534, 65_536] {
            let text = "no" + String(repeating: " ", count: length) + "s3cr/et\"x y"
            #expect(!redact(text).contains("s3"), "\(length)")
            #expect(!redact(Data(text.utf8)).contains("s3"), "\(length)")
        }
    }

    @Test func `a secret at the end of what is kept is not shown in part`() {
        let text = String(repeating: "x ", count: 38) + "s3cr/et\"x y"
        #expect(!redact(text).contains("s3c"))
    }
}
