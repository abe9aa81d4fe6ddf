// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import HTTPTypes
public import PublicCA
import Synchronization

/// A network that writes down, without secrets, what passes through it.
public final class RecordingTransport: HTTPTransport {
    private let inner: any HTTPTransport
    private let names: [HTTPField.Name]
    private let secrets: [Secret]
    private let recorded = Mutex<[Exchange]>([])

    /// Passes everything on to `inner`; names and secrets as ``Exchange/init(_:body:reply:keeping:without:)`` wants them.
    public init(_ inner: any HTTPTransport, keeping names: [HTTPField.Name] = [], without secrets: [Secret]) {
        self.inner = inner
        self.names = names
        self.secrets = secrets
    }

    /// What was answered so far, in this order. What got no answer is not among it.
    public var exchanges: [Exchange] { recorded.withLock(\.self) }

    /// Answers as the inner one does.
    public func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        let reply = try await inner.send(request, body: body)
        let exchange = Exchange(request, body: body, reply: reply, keeping: names, without: secrets)
        recorded.withLock { $0.append(exchange) }
        return reply
    }
}
