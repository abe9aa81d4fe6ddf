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
        _ method: HTTPRequest.Method, _ path: String, sent: String? = nil, status: Int = 200, _ answer: String,
        total: Int? = nil
    ) -> Exchange {
        let count = HTTPField.Name("x-total-count")
        var head = HTTPResponse(status: HTTPResponse.Status(code: status))
        if let total, let count { head.headerFields[count] = "\(total)" }
        return Exchange(
            HTTPRequest(method: method, scheme: "https", authority: "scm.example", path: path),
            body: sent.map { Data($0.utf8) },
            reply: HTTPReply(response: head, body: Data(answer.utf8)),
            keeping: [count].compactMap(\.self), without: [])
    }
}
