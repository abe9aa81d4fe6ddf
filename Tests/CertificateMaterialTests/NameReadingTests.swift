// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import LifecycleModel
import PublicCA
import Testing

struct NameReadingTests {
    let reader = X509Reader()

    @Test(arguments: [
        ("www.example.org", "www.example.org"),
        ("WWW.Example.ORG", "www.example.org"),
        ("www.example.org.", "www.example.org"),
        ("*.example.org", "*.example.org"),
        ("*.Bücher.example", "*.xn--bcher-kva.example"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("bu\u{308}cher.example", "xn--bcher-kva.example"),
        ("bücher。example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("XN--BCHER-KVA.example", "xn--bcher-kva.example"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
        ("a--b.example", "a--b.example"),
        ("1.example", "1.example"),
        (String(repeating: "a", count: 63) + ".example", String(repeating: "a", count: 63) + ".example"),
    ])
    func `a domain name comes out in A-labels and lower case`(text: String, expected: String) throws {
        #expect(try reader.name(text) == .dnsName(expected))
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
        ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"),
        ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
        ("::", "::"),
        ("1::", "1::"),
        ("::ffff:192.0.2.128", "::ffff:192.0.2.128"),
    ])
    func `an address comes out in its canonical form`(text: String, expected: String) throws {
        #expect(try reader.name(text) == .ipAddress(expected))
    }

    @Test(arguments: [
        ("", "empty"),
        ("   ", "space"),
        ("www example.org", "space"),
        ("www.example.org\n", "space"),
        ("localhost", "local name"),
        ("under_score.example.org", "holds \"_\""),
        ("www..example.org", "a label is empty"),
        (".example.org", "a label is empty"),
        ("www.example.org..", "a label is empty"),
        ("-www.example.org", "hyphen"),
        ("www-.example.org", "hyphen"),
        ("https://www.example.org/", "is a URL"),
        ("www.example.org/index", "slash"),
        ("www.example.org:443", "names a port"),
        ("[2001:db8::1]", "brackets"),
        ("fe80::1%eth0", "zone"),
        ("2001:db8::g", "not an IP address"),
        ("webmaster@example.org", "e-mail"),
        ("*", "wildcard"),
        ("*.org", "local name"),
        ("w*.example.org", "wildcard"),
        ("www.*.org", "wildcard"),
        ("*.*.example.org", "wildcard"),
        ("*.192.0.2.1", "neither"),
        ("300.1.2.3", "neither"),
        ("192.0.2", "neither"),
        ("192.0.2.01", "neither"),
        ("www.exa\u{0}mple.org", "control character"),
        ("xn--bcher-kva.example\u{0}.evil.example", "control character"),
        ("bücher.example\u{0}.evil.example", "control character"),
        ("*.example.org\u{0}.evil.example", "control character"),
        ("192.0.2.1\u{0}.evil.example", "control character"),
        ("2001:db8::1\u{0}", "control character"),
        ("www.example.org\u{7F}", "control character"),
        ("xn--a.example", "international"),
        ("☃.example", "international"),
        (String(repeating: "a", count: 64) + ".example", "longer than 63"),
        (String(repeating: "abcdefgh.", count: 30) + "example", "at most 253"),
        (String(repeating: "ü", count: 64) + ".example", "international"),
        (String(repeating: "ü.", count: 100_000) + "example", "too long"),
    ])
    func `what is no name is refused with a reason`(text: String, reason: String) {
        let error = #expect(throws: MaterialError.self) { try reader.name(text) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasSuffix(".") == false)
    }

    @Test func `the reason repeats the value, but not all of a long one`() {
        let error = #expect(throws: MaterialError.self) { try reader.name(String(repeating: "x", count: 100_000)) }
        #expect((error?.description.count ?? 0) < 250)
        let other = #expect(throws: MaterialError.self) { try reader.name("a b\u{1B}[31m\u{202E}\u{2028}") }
        #expect(other?.description.contains("\"a b") == true)
        #expect(
            other?.description.unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\u{2028}"].contains($0) } == false)
    }
}
