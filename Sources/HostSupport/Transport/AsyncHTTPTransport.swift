// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import FoundationEssentials
import HTTPTypes
import Monitoring
import NIOCore
import NIOHTTP1
import NIOPosix
import ProviderHTTP
import PublicCA

/// HTTP over async-http-client for one account: paced, bounded in time and size, and never sent anywhere else.
///
/// A redirect is an answer like any other: following it would hand the credentials to whoever it names. Answers are taken
/// as they come; none is decompressed, since none was asked for compressed.
final class AsyncHTTPTransport: HTTPTransport {
    private let clients: ProxiedClients
    private let pacer: Pacer
    private let limits: TransportLimits
    private let note: @Sendable (Exchange) -> Void

    /// - Parameter note: told of every exchange.
    init(
        clients: ProxiedClients, pacer: Pacer, limits: TransportLimits,
        note: @escaping @Sendable (Exchange) -> Void = { _ in }
    ) {
        self.clients = clients
        self.pacer = pacer
        self.limits = limits
        self.note = note
    }

    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        do throws(CancellationError) {
            try await pacer.begin()
        } catch {
            throw .notSent("it was given up before its turn")
        }
        let begun = Date()
        let start = ContinuousClock.now
        let result = await exchange(request, body)
        let elapsed = ContinuousClock.now - start
        switch result {
        case .success(let reply):
            let status = reply.response.status.code
            if status == 429 || status == 503 {
                let delay = reply.response.headerFields[.retryAfter].flatMap { RetryAfter.delay($0, from: Date()) }
                pacer.slowDown(begun: begun, delay: delay)
            } else {
                pacer.end()
            }
            note(Exchange(request, .answered(status: status, bytes: reply.body.count), after: elapsed))
            return reply
        case .failure(let error):
            pacer.end()
            note(Exchange(request, .failed(error), after: elapsed))
            throw error
        }
    }

    private func exchange(_ request: HTTPRequest, _ body: Data?) async -> Result<HTTPReply, TransportError> {
        let mark = MarkedBody.Mark()
        do {
            guard let scheme = request.scheme, let authority = request.authority else {
                throw HTTPClientError.invalidURL
            }
            let client = try clients.client(scheme: scheme, authority: authority)
            let prepared = prepare(request, to: "\(scheme)://\(authority)", body, mark)
            return .success(try await withinTotal { try await self.answer(of: client, to: prepared) })
        } catch let error as SettingError {
            return .failure(.notSent(error.description))
        } catch {
            return .failure(TransportError(error, hasLeft: body == nil ? nil : mark.isSet, scheme: request.scheme))
        }
    }

    private func prepare(
        _ request: HTTPRequest, to server: String, _ body: Data?, _ mark: MarkedBody.Mark
    ) -> HTTPClientRequest {
        var prepared = HTTPClientRequest(url: server + (request.path ?? "/"))
        prepared.method = HTTPMethod(rawValue: request.method.rawValue)
        for field in request.headerFields { prepared.headers.add(name: field.name.rawName, value: field.value) }
        if let body {
            prepared.body = .stream(
                MarkedBody(buffer: ByteBuffer(bytes: body), mark: mark), length: .known(Int64(body.count)))
        }
        return prepared
    }

    private func answer(of client: HTTPClient, to request: HTTPClientRequest) async throws -> HTTPReply {
        let response = try await client.execute(request, timeout: .nanoseconds(limits.total.inNanoseconds))
        let buffer = try await response.body.collect(upTo: limits.bodySize)
        var fields = HTTPFields()
        for (name, value) in response.headers {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        let status = HTTPResponse.Status(code: Int(response.status.code), reasonPhrase: response.status.reasonPhrase)
        return HTTPReply(
            response: HTTPResponse(status: status, headerFields: fields), body: Data(buffer.readableBytesView))
    }

    /// The client's own deadline ends with the head of the answer: a body may drip for ever.
    private func withinTotal(
        _ work: @escaping @Sendable () async throws -> HTTPReply
    ) async throws -> HTTPReply {
        let limit = limits.total
        return try await withThrowingTaskGroup(of: HTTPReply.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await MultiThreadedEventLoopGroup.singleton.any().sleep(for: limit)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw HTTPClientError.cancelled }
            return first
        }
    }
}
