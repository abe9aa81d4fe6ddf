// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import HTTPTypes

/// Sends one request and returns the whole answer, whatever its status.
///
/// The implementation belongs to the host: it holds the connections, trusts the right roots, paces, bounds the body,
/// never follows a redirect, and keeps secrets out of its logs.
public protocol HTTPTransport: Sendable {
    /// Throws only when there is no whole answer, and says whether any byte left. Cancellation is `interrupted` once
    /// bytes left.
    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply
}

/// A whole answer.
public struct HTTPReply: Hashable, Sendable {
    /// Status and header fields, of whatever status.
    public var response: HTTPResponse
    /// All of it; empty where there is none.
    public var body: Data

    public init(response: HTTPResponse, body: Data) {
        self.response = response
        self.body = body
    }
}
