// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

struct SecretTests {
    private struct Login {
        let user = "admin"
        let password = Secret("canary")
    }

    @Test func `a secret shows in no way of printing`() {
        let secret = Secret("canary")
        var dumped = ""
        dump(Login(), to: &dumped)
        let shown = ["\(secret)", String(describing: secret), String(reflecting: secret), "\(Login())", dumped]
        for text in shown { #expect(!text.contains("canary")) }
        #expect("\(secret)" == "<secret>")
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test func `a secret is handed to whoever asks for it by name`() {
        #expect(Secret("canary").reveal { $0.count } == 6)
    }

    @Test func `a secret is not written by Codable`() {
        #expect(!((Secret("canary") as Any) is any Encodable))
    }
}
