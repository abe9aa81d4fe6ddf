// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import PublicCA
import PublicCATesting
import Synchronization

@testable import SectigoProvider

/// An SCM as somebody else may have built it: what it answers is a function of what is asked.
final class OtherSCM: HTTPTransport {
    struct Question: Sendable {
        var method: String
        /// Behind `/api/`.
        var path: String
        var query: [String: String]
        var body: String

        func number(_ name: String) -> Int { query[name].flatMap { Int($0) } ?? 0 }
    }

    /// `nil` for a call that the server does not know.
    private let answer: @Sendable (Question) -> HTTPReply?
    private let asked = Mutex<[Question]>([])

    init(_ answer: @escaping @Sendable (Question) -> HTTPReply?) { self.answer = answer }

    var questions: [Question] { asked.withLock { $0 } }

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        let parts = (request.path ?? "/").split(separator: "?", maxSplits: 1).map(String.init)
        var query: [String: String] = [:]
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1)
            query[String(sides[0])] = sides.count > 1 ? String(sides[1]).replacing("%20", with: " ") : ""
        }
        let question = Question(
            method: request.method.rawValue, path: String(parts[0].dropFirst("/api/".count)), query: query,
            body: body.map { String(decoding: $0, as: UTF8.self) } ?? "")
        asked.withLock { $0.append(question) }
        return answer(question) ?? .json(#"{"code":-5101,"description":"not found"}"#, status: 404)
    }

    /// An account here, that logs in by password unless other settings are given.
    func provider(
        _ values: [String: String] = ["user": "api", "customer-uri": "acme"],
        secrets: [String: String] = ["password": "canary-password"]
    ) throws -> SectigoProvider {
        try SectigoProvider(
            ProviderContext(
                settings: ProviderSettings(values: values, secrets: secrets.mapValues { Secret($0) }), transport: self,
                memory: TestMemory(), now: { Date(timeIntervalSince1970: 1_800_000_000) }))
    }

    /// An account that logs in by an API key.
    func providerWithKey() throws -> SectigoProvider {
        try provider(["client-id": "k"], secrets: ["client-secret": "canary-secret"])
    }
}

extension HTTPReply {
    static func json(_ text: String, status: Int = 200, total: Int? = nil) -> HTTPReply {
        var fields: HTTPFields = [.contentType: "application/json"]
        if let total, let name = HTTPField.Name("x-total-count") { fields[name] = "\(total)" }
        return HTTPReply(
            response: HTTPResponse(status: .init(code: status), headerFields: fields), body: Data(text.utf8))
    }
}
