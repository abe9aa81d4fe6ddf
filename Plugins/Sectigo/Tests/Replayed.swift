// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA
import PublicCATesting
import SectigoProvider

/// An account whose SCM is a list of recorded exchanges.
enum Replayed {
    static func open(
        over network: any HTTPTransport, now: @escaping @Sendable () -> Date = TestTime().now,
        password: String = "password"
    ) throws -> any PublicCAProvider {
        let settings = ProviderSettings(
            values: ["address": "https://scm.example/api", "user": "master", "customer-uri": "acme"],
            secrets: ["password": Secret(password)])
        return try ProviderPlugin.sectigo.open(
            ProviderContext(settings: settings, transport: network, memory: TestMemory(), now: now))
    }
}

extension Exchange {
    /// Written by hand: a path below the API, and what SCM answers.
    static func with(
        _ method: HTTPRequest.Method, _ path: String, status: Int = 200, _ answer: String
    ) -> Exchange {
        Exchange(
            HTTPRequest(method: method, scheme: "https", authority: "scm.example", path: path),
            body: nil,
            reply: HTTPReply(
                response: HTTPResponse(status: HTTPResponse.Status(code: status)), body: Data(answer.utf8)),
            without: [])
    }
}
