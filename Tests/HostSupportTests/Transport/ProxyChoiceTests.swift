// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCA
import Testing

@testable import HostSupport

struct ProxyChoiceTests {
    private func choice(
        _ address: String, _ environment: [String: String], setting: String? = nil
    ) throws -> String? {
        let target = try #require(URLComponents(string: address))
        return try ProxyChoice.find(for: target, setting: setting, environment: environment)?.description
    }

    private static let cases: [(address: String, environment: [String: String], expected: String?)] = [
        ("https://ca.example/api", ["https_proxy": "http://p.example:8080"], "p.example:8080"),
        ("https://ca.example/api", ["HTTPS_PROXY": "p.example:8080"], "p.example:8080"),
        ("https://ca.example/api", ["http_proxy": "p.example:8080"], nil),
        ("https://ca.example/api", ["all_proxy": "socks5://p.example"], "p.example:1080"),
        ("http://ca.example/api", ["http_proxy": "http://p.example"], "p.example:3128"),
        ("http://ca.example/api", ["HTTP_PROXY": "http://p.example"], nil),
        ("https://ca.example/api", ["https_proxy": "p.example:1", "no_proxy": "ca.example"], nil),
        ("https://ca.example/api", ["https_proxy": "p.example:1", "no_proxy": "other.example, .example"], nil),
        ("https://ca.example/api", ["https_proxy": "p.example:1", "no_proxy": "a.example"], "p.example:1"),
        ("https://ca.example:8443", ["https_proxy": "p.example:1", "no_proxy": "ca.example:8443"], nil),
        ("https://ca.example:8443", ["https_proxy": "p.example:1", "NO_PROXY": "ca.example:443"], "p.example:1"),
        ("https://ca.example", ["https_proxy": "p.example:1", "no_proxy": "*"], nil),
        ("https://ca.example", ["https_proxy": ""], nil),
    ]

    @Test(arguments: cases)
    func `the environment is read as curl reads it`(
        _ address: String, _ environment: [String: String], _ expected: String?
    ) throws {
        #expect(try choice(address, environment) == expected)
    }

    @Test func `the account's own setting decides`() throws {
        let environment = ["https_proxy": "p.example:1"]
        #expect(try choice("https://ca.example", environment, setting: "q.example:2") == "q.example:2")
        #expect(try choice("https://ca.example", environment, setting: "none") == nil)
    }

    @Test func `what is no proxy is refused, and its password is not repeated`() {
        #expect {
            _ = try choice("https://ca.example", [:], setting: "ftp://user:canary@p.example")
        } throws: { error in
            error is SettingError && !"\(error)".contains("canary")
        }
        #expect(ProxyChoice("http://user:canary@p.example")?.password == "canary")
    }
}
