// SPDX-License-Identifier: Apache-2.0

import Foundation
import HTTPTypes
import PublicCA
import PublicCATesting
import Synchronization

/// The CA as its manual describes it, in memory: what the provider is tried against.
///
/// It shares no type with the provider, so that a misspelt member is seen. What the manual does not say is taken from
/// recorded exchanges, see `Exchanges`.
final class TemplateCA: HTTPTransport {
    struct Order {
        var number: Int
        var body: [String: any Sendable]
        var status: String
        var serial = SerialNumber("01")
        var chain: CertificateChain?
        var revokedFor: String?
        var revision = 1

        var id: String { "o-\(number)" }
        var certificate: String { "c-\(number)" }
    }

    struct State {
        var orders: [Order] = []
        /// What the next order that is read says of itself.
        var nextWord: String?
    }

    static let token = "the-right-token"
    let state: Mutex<State>

    /// Others have ordered before, more than a page of it.
    init() {
        let body: [String: any Sendable] = [
            "product": "ov", "names": ["old.example.org"], "days": 100, "note": "", "csr": "",
        ]
        let words = ["refused", "withdrawn", "vetting"]
        state = Mutex(State(orders: words.enumerated().map { Order(number: $0 + 1, body: body, status: $1) }))
    }

    /// Lets the next order that is read be in a state of this name.
    func say(_ word: String) { state.withLock { $0.nextWord = word } }

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        guard request.headerFields[.authorization] == "Bearer \(Self.token)" else {
            // Some CAs repeat what they were sent; this one does, so that a leak shows.
            return failure(401, "bad-token", "no such token: \(request.headerFields[.authorization] ?? "none")")
        }
        let parts = URLComponents(string: request.path ?? "/")
        let path = (parts?.path ?? "/").split(separator: "/").dropFirst().map(String.init)
        let query = (parts?.queryItems ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
        let sent = content(of: body)
        return state.withLock { state in
            switch (request.method, path.first, path.dropFirst().first, path.dropFirst(2).first) {
            case (.get, "account", nil, nil):
                reply(["rights": ["orders", "revocations"], "tokenExpires": "2027-01-01T00:00:00Z"])
            case (.get, "products", nil, nil): products
            case (.post, "orders", nil, nil): place(sent, &state)
            case (.get, "orders", nil, nil): list(query, state)
            case (.get, "orders", let id?, nil): read(id, &state)
            case (.post, "orders", let id?, "withdrawal"): withdraw(id, &state)
            case (.get, "certificates", let id?, nil): certificate(id, state)
            case (.post, "revocations", nil, nil): revoke(sent, &state)
            default: failure(404, "no-such-path", "nothing is here")
            }
        }
    }

    func reply(_ body: Any, status: Int = 200) -> HTTPReply {
        do {
            let data = try JSONSerialization.data(withJSONObject: body)
            return HTTPReply(response: HTTPResponse(status: .init(code: status)), body: data)
        } catch {
            return HTTPReply(response: HTTPResponse(status: .internalServerError), body: Data("\(error)".utf8))
        }
    }

    func failure(_ status: Int, _ code: String, _ text: String) -> HTTPReply {
        reply(["error": ["code": code, "text": text]], status: status)
    }

    /// The members of a JSON object; none for any other body.
    private func content(of body: Data?) -> [String: any Sendable] {
        do {
            return try JSONSerialization.jsonObject(with: body ?? Data()) as? [String: any Sendable] ?? [:]
        } catch { return [:] }
    }

    private var products: HTTPReply {
        reply([
            ["code": "dv", "title": "Domain", "days": [47, 100], "questions": [String](), "maximumNames": 100],
            ["code": "ov", "title": "Organization", "days": [100], "questions": ["unit"], "maximumNames": 10],
        ])
    }
}
