// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import PublicCA
import Testing

struct WebAddressTests {
    @Test(arguments: [
        ("https://hooks.example.org:8443/a%20b?token=x%2Fy", "hooks.example.org:8443", "/a%20b?token=x%2Fy"),
        ("http://[::1]:80", "[::1]:80", "/"), ("https://example.org?x", "example.org", "/?x"),
    ])
    func `what is asked for is what the address says`(_ text: String, _ authority: String, _ path: String) throws {
        let request = try #require(WebAddress(text)).request(.post, [.userAgent: "us"])
        #expect(request.method == .post && request.authority == authority && request.path == path)
        #expect(request.headerFields[.userAgent] == "us")
    }

    @Test(arguments: [
        "", "example.org", "ftp://example.org", "https:///x", "https://me:secret@example.org", "https://me@a.b",
    ])
    func `what is none of HTTP or holds a password is no address`(_ text: String) {
        #expect(WebAddress(text) == nil)
    }

    @Test func `what somebody has to mend does not pass by itself`() {
        for status in [301, 400, 401, 404, 410, 413] {
            #expect(!HTTPResponse.Status(code: status).mayPass, "\(status)")
        }
        for status in [408, 425, 429, 500, 502, 503] { #expect(HTTPResponse.Status(code: status).mayPass, "\(status)") }
    }
}
