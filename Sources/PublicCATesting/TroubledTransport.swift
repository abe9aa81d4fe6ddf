// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import HTTPTypes
public import PublicCA
import Synchronization

/// A network that fails once, around one that works: what ``ProviderFixture/Provocation`` asks of HTTP providers.
public final class TroubledTransport: HTTPTransport {
    private enum Trouble {
        case lostReply, serverError, unreadableReply, hang, refusal
    }

    private let inner: any HTTPTransport
    private let isWrite: @Sendable (HTTPRequest) -> Bool
    private let trouble: Mutex<Trouble?>

    /// `nil` for what only the CA itself can bring about: wrong credentials, and words that nobody knows.
    ///
    /// Lost and spoilt replies and hanging strike the next write after the CA has taken it; too many calls, whatever comes
    /// next.
    ///
    /// - Parameters:
    ///   - inner: the network that works.
    ///   - provocation: what goes wrong.
    ///   - isWrite: which requests change something; every method but GET and HEAD, unless given.
    public init?(
        _ inner: any HTTPTransport, _ provocation: ProviderFixture.Provocation,
        isWrite: @escaping @Sendable (HTTPRequest) -> Bool = { $0.method != .get && $0.method != .head }
    ) {
        self.inner = inner
        self.isWrite = isWrite
        switch provocation {
        case .lostReply: trouble = Mutex(.lostReply)
        case .serverError: trouble = Mutex(.serverError)
        case .unreadableReply: trouble = Mutex(.unreadableReply)
        case .hang: trouble = Mutex(.hang)
        case .rateLimit: trouble = Mutex(.refusal)
        case .wrongCredentials, .unknownWord: return nil
        }
    }

    /// Throws `interrupted` when its trouble strikes or the task is cancelled meanwhile; else as the inner one does.
    public func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        let strikes = isWrite(request)
        let now = trouble.withLock { trouble -> Trouble? in
            guard strikes || trouble == .refusal else { return nil }
            defer { trouble = nil }
            return trouble
        }
        switch now {
        case nil: return try await inner.send(request, body: body)
        case .refusal:
            return HTTPReply(
                response: HTTPResponse(status: .tooManyRequests, headerFields: [.retryAfter: "2"]), body: Data())
        case .lostReply:
            _ = try await inner.send(request, body: body)
            throw .interrupted("the connection was lost")
        case .serverError:
            _ = try await inner.send(request, body: body)
            return HTTPReply(response: HTTPResponse(status: .badGateway), body: Data("<html>later</html>".utf8))
        case .unreadableReply:
            _ = try await inner.send(request, body: body)
            return HTTPReply(response: HTTPResponse(status: .ok), body: Data("{\"".utf8))
        case .hang:
            _ = try await inner.send(request, body: body)
            await untilCancelled()
            throw .interrupted("the call was cancelled")
        }
    }

    /// A stream without elements ends when its task is cancelled, and not before.
    private func untilCancelled() async {
        let (silence, source) = AsyncStream<Never>.makeStream()
        for await _ in silence {}
        source.finish()
    }
}
