// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore

/// What an exchange may take at most.
package struct TransportLimits: Hashable, Sendable {
    /// Until there is a connection, TLS included.
    package var connect: Duration = .seconds(10)
    /// Without a byte, the wait for the first one included: CAs think long about an order.
    package var idle: Duration = .seconds(60)
    /// From the first byte to the last.
    package var total: Duration = .seconds(120)
    /// Bytes of an answer. A page of a listing is some ten thousand.
    package var bodySize = 32 << 20

    package init() {}

    var timeout: HTTPClient.Configuration.Timeout {
        .init(
            connect: .nanoseconds(connect.inNanoseconds), read: .nanoseconds(idle.inNanoseconds),
            write: .nanoseconds(idle.inNanoseconds))
    }
}

extension Duration {
    var inNanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}
