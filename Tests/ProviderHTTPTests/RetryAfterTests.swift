// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import ProviderHTTP
import Testing

@Suite struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:07 GMT, thirty seconds before the example of RFC 9110.
    static let now = Date(timeIntervalSince1970: 784_111_747)

    @Test(arguments: [
        ("120", 120), (" 0 ", 0), ("999999999999999999999999", 3600),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 30), ("Sun Nov  6 08:49:37 1994", 30),
        ("Sun, 06 Nov 1994 08:00:00 GMT", 0), ("Thu, 29 Feb 2096 00:00:00 GMT", 3600),
        ("Tuesday, 01-Mar-33 00:00:00 GMT", 3600), ("Sunday, 06-Nov-94 08:49:37 GMT", 30),
        ("Friday, 01-Jan-43 00:00:00 GMT", 3600), ("Friday, 01-Jan-45 00:00:00 GMT", 0),
    ])
    func `seconds and dates give a delay within bounds`(text: String, seconds: Int) {
        #expect(RetryAfter.delay(text, from: Self.now) == .seconds(seconds))
    }

    @Test(arguments: ["", "soon", "-1", "1.5", "Sun, 06 Foo 1994 08:49:37 GMT", "06 Nov 1994", "25:61:00 6 Nov 1994"])
    func `anything else gives none`(text: String) {
        #expect(RetryAfter.delay(text, from: Self.now) == nil)
    }

    @Test func `leap years are counted`() {
        let day = Date(timeIntervalSince1970: 951_782_400)  // 2000-02-29
        #expect(
            RetryAfter.delay("Wed, 01 Mar 2000 00:00:00 GMT", from: day, most: .seconds(200_000)) == .seconds(86400))
    }
}
