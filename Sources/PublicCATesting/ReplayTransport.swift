// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import HTTPTypes
public import PublicCA
import Synchronization

/// Answers requests from recorded exchanges, and refuses those that were never recorded.
///
/// The same request again gets the next answer that was recorded for it, and the last one from then on.
public final class ReplayTransport: HTTPTransport {
    private struct State {
        var exchanges: [Exchange]
        var used: [Int: Int] = [:]
        var refused: [String] = []
    }

    private let state: Mutex<State>

    /// Answers from these, and from nothing else.
    public init(_ exchanges: [Exchange]) { state = Mutex(State(exchanges: exchanges)) }

    /// What was asked for and never recorded, by method and path.
    public var refused: [String] { state.withLock(\.refused) }

    /// How many exchanges were never asked for.
    public var unused: Int { state.withLock { $0.exchanges.count - $0.used.count } }

    /// Answers as recorded; throws `notSent` for what was never recorded.
    public func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        let text = body.map { String(decoding: $0, as: UTF8.self) }
        let path = request.path ?? "/"
        let reply = state.withLock { state -> HTTPReply? in
            let fitting = state.exchanges.indices.filter { index in
                let exchange = state.exchanges[index]
                return exchange.method == request.method.rawValue && exchange.path == path
                    && (exchange.requestBody == nil || exchange.requestBody == text)
            }
            guard let index = fitting.first(where: { state.used[$0] == nil }) ?? fitting.last else {
                state.refused.append("\(request.method.rawValue) \(path)")
                return nil
            }
            state.used[index, default: 0] += 1
            return state.exchanges[index].reply
        }
        guard let reply else { throw .notSent("no exchange was recorded for \(request.method.rawValue) \(path)") }
        return reply
    }
}
