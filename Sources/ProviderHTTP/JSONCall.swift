// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import HTTPTypes
public import PublicCA

/// One exchange with a JSON API.
///
/// ```swift
/// let answer = try await JSONCall(.get, ["orders", reference.rawValue], "reading the order")
///     .send(to: endpoint, for: OrderAnswer.self)
/// ```
public struct JSONCall: Sendable {
    private let method: HTTPRequest.Method
    private let path: [String]
    private let query: [(name: String, value: String)]
    private let purpose: String
    private let effect: CallEffect
    private let accept: String?
    private var body: Data?

    /// - Parameters:
    ///   - method: decides the effect, unless that is given.
    ///   - path: segments below the endpoint's address; each is encoded whole, slashes included.
    ///   - purpose: what the call is for, in the words of a failure: "placing the order".
    ///   - query: in the order in which it is to be sent.
    ///   - effect: when it differs from what the method says, as for a search by POST.
    ///   - accept: what to ask for when that is not what the endpoint's headers say, and not JSON.
    public init(
        _ method: HTTPRequest.Method, _ path: [String], _ purpose: String,
        query: [(name: String, value: String)] = [], effect: CallEffect? = nil,
        accept: String? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.purpose = purpose
        self.effect = effect ?? (method == .get || method == .head ? .read : .write)
        self.accept = accept
    }

    /// The same call with a JSON body. Throws `rejected` when the value cannot be written as JSON: nothing was sent.
    public func with(body value: some Encodable) throws(ProviderError) -> JSONCall {
        var call = self
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do { call.body = try encoder.encode(value) } catch {
            throw ProviderError(.rejected, "\(purpose): the request cannot be written as JSON")
        }
        return call
    }

    /// Sends the call and returns any successful answer that can be one; throws as ``ReplyClassifier`` says, refined by the endpoint.
    ///
    /// - Parameters:
    ///   - endpoint: where to, and how failures are to be read.
    ///   - isAnswer: says of a reply that would be thrown that it is an answer all the same, such as "409, it has been
    ///     revoked before", or a page where JSON was expected; it is then returned.
    public func send(
        to endpoint: JSONEndpoint, orWhere isAnswer: (HTTPReply) -> Bool = { _ in false }
    ) async throws(ProviderError) -> HTTPReply {
        try await authorized(endpoint, orWhere: isAnswer).reply
    }

    /// The reply, and the endpoint as it was spoken to. A token that is refused is renewed once: a refused call did
    /// nothing, so that it may be sent again even where it is a write.
    private func authorized(
        _ endpoint: JSONEndpoint, orWhere isAnswer: (HTTPReply) -> Bool
    ) async throws(ProviderError) -> (reply: HTTPReply, endpoint: JSONEndpoint) {
        guard let tokens = endpoint.tokens else {
            return (try await exchange(with: endpoint, orWhere: isAnswer), endpoint)
        }
        let token = try await tokens.current(for: endpoint)
        let first = endpoint.authorized(by: token)
        let reply = try await exchange(with: first) { $0.response.status == .unauthorized || isAnswer($0) }
        guard reply.response.status == .unauthorized else { return (reply, first) }
        let second = endpoint.authorized(by: try await tokens.renewed(after: token, for: endpoint))
        return (try await exchange(with: second, orWhere: isAnswer), second)
    }

    private func exchange(
        with endpoint: JSONEndpoint, orWhere isAnswer: (HTTPReply) -> Bool
    ) async throws(ProviderError) -> HTTPReply {
        let reply: HTTPReply
        do throws(TransportError) {
            reply = try await endpoint.transport.send(request(to: endpoint), body: body)
        } catch {
            switch error {
            case .notSent(let text):
                throw failure(.notSent, at: endpoint, "the CA was not reached", endpoint.redact(text))
            case .interrupted(let text):
                throw failure(.interrupted, at: endpoint, "no whole answer came", endpoint.redact(text))
            }
        }
        let status = reply.response.status
        let delay = reply.response.headerFields[.retryAfter].flatMap { RetryAfter.delay($0, from: endpoint.now()) }
        let outcome = ExchangeOutcome.answered(status, retryAfter: delay)
        guard ReplyClassifier.disposition(of: outcome, for: effect, settle: endpoint.settle) != nil else {
            return isAnswer(reply) ? reply : try intelligible(reply, from: endpoint)
        }
        guard !isAnswer(reply) else { return reply }
        let error = failure(outcome, at: endpoint, Self.summary(of: reply), Self.wording(of: reply, endpoint))
        var refined = endpoint.refine(reply, error)
        // Whatever the provider wrote into it from the reply passes the same net.
        refined.summary = endpoint.redact(refined.summary)
        refined.wording = refined.wording.map { endpoint.redact($0) }
        throw refined
    }

    /// A page is what something in front of the CA shows, with a good status at times, and a write is answered in JSON or
    /// with nothing: from anything else nobody can tell that it was done.
    private func intelligible(_ reply: HTTPReply, from endpoint: JSONEndpoint) throws(ProviderError) -> HTTPReply {
        guard reply.body.contains(where: { $0 > 0x20 }) else { return reply }
        let isMarkup = reply.isMarkup
        guard isMarkup || (effect == .write && accept == nil && reply.json(AnyJSON.self) == nil) else { return reply }
        throw failure(
            .unintelligible, at: endpoint,
            isMarkup ? "the CA answered with a web page" : "the CA's answer cannot be understood",
            Self.wording(of: reply, endpoint))
    }

    /// The CA's text. Of a page only what it is called.
    private static func wording(of reply: HTTPReply, _ endpoint: JSONEndpoint) -> String? {
        reply.isPage ? reply.pageTitle.map { endpoint.redact($0) } : endpoint.redact(reply.body)
    }

    /// Where a redirect leads is all that it says, and often that an address is wrong.
    private static func summary(of reply: HTTPReply) -> String {
        let code = reply.response.status.code
        if reply.response.status.kind == .redirection, let target = reply.response.headerFields[.location] {
            return "the CA answered \(code) and points to \(target), where nothing is sent"
        }
        return "the CA answered \(code)" + (reply.isPage ? " with a web page" : "")
    }

    /// Sends the call and reads the answer.
    ///
    /// A successful status with an unreadable body is no answer: a read may be repeated, a write is `ambiguous`.
    public func send<Answer: Decodable>(
        to endpoint: JSONEndpoint, for answer: Answer.Type
    ) async throws(ProviderError) -> Answer {
        let (reply, endpoint) = try await authorized(endpoint) { _ in false }
        return try read(answer, in: reply, from: endpoint)
    }

    /// The same; `nil` for an unsuccessful reply that is an answer all the same, such as "404, there is none".
    public func send<Answer: Decodable>(
        to endpoint: JSONEndpoint, for answer: Answer.Type, orNothingWhere isNothing: (HTTPReply) -> Bool
    ) async throws(ProviderError) -> Answer? {
        let (reply, endpoint) = try await authorized(endpoint, orWhere: isNothing)
        guard reply.response.status.kind == .successful else { return nil }
        return try read(answer, in: reply, from: endpoint)
    }

    private func read<Answer: Decodable>(
        _ answer: Answer.Type, in reply: HTTPReply, from endpoint: JSONEndpoint
    ) throws(ProviderError) -> Answer {
        if let value = reply.json(answer) { return value }
        throw failure(
            .unintelligible, at: endpoint,
            reply.body.isEmpty ? "the CA's answer is empty" : "the CA's answer cannot be understood",
            Self.wording(of: reply, endpoint))
    }

    /// Whatever is JSON.
    private struct AnyJSON: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    private func request(to endpoint: JSONEndpoint) -> HTTPRequest {
        // A colon may stand in a segment as it is (RFC 3986 §3.3), and not every server decodes one.
        let segments = path.map { "/" + PercentCoding.encode($0).replacing("%3A", with: ":") }
        var target = endpoint.path + segments.joined()
        if !query.isEmpty {
            target +=
                "?"
                + query.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }
                .joined(separator: "&")
        }
        var headers = endpoint.headers
        headers[.accept] = accept ?? headers[.accept] ?? "application/json"
        if body != nil { headers[.contentType] = "application/json" }
        return HTTPRequest(
            method: method, scheme: endpoint.scheme, authority: endpoint.authority,
            path: target.isEmpty ? "/" : target, headerFields: headers)
    }

    private func failure(
        _ outcome: ExchangeOutcome, at endpoint: JSONEndpoint, _ summary: String, _ wording: String?
    ) -> ProviderError {
        // An outcome without a disposition never comes here; if it did, nobody could say what happened.
        let disposition =
            ReplyClassifier.disposition(of: outcome, for: effect, settle: endpoint.settle)
            ?? .ambiguous(settle: endpoint.settle)
        return ProviderError(disposition, "\(purpose): \(summary)", wording: wording)
    }
}
