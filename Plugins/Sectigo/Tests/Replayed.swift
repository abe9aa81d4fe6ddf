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
        try open(
            over: network, now: now, ["user": "master", "customer-uri": "acme"], ["password": Secret(password)])
    }

    /// The same with an API key.
    static func openWithKey(over network: any HTTPTransport) throws -> any PublicCAProvider {
        try open(
            over: network, now: TestTime().now, ["client-id": "key", "token-address": "https://login.example/token"],
            ["client-secret": Secret("secret")])
    }

    private static func open(
        over network: any HTTPTransport, now: @escaping @Sendable () -> Date, _ values: [String: String],
        _ secrets: [String: Secret]
    ) throws -> any PublicCAProvider {
        let values = values.merging(["address": "https://scm.example/api"]) { first, _ in first }
        return try ProviderPlugin.sectigo.open(
            ProviderContext(
                settings: ProviderSettings(values: values, secrets: secrets), transport: network,
                memory: TestMemory(), now: now))
    }
}

extension Exchange {
    /// Written by hand: a path below the API, what SCM answers, and the body that it wants, if that matters.
    static func with(
        _ method: HTTPRequest.Method, _ path: String, sent: String? = nil, status: Int = 200, _ answer: String
    ) -> Exchange {
        Exchange(
            HTTPRequest(method: method, scheme: "https", authority: "scm.example", path: path),
            body: sent.map { Data($0.utf8) },
            reply: HTTPReply(
                response: HTTPResponse(status: HTTPResponse.Status(code: status)), body: Data(answer.utf8)),
            without: [])
    }
}
