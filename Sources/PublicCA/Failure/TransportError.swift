// SPDX-License-Identifier: Apache-2.0

/// Why there is no answer to a request. It keeps the one fact that matters: whether any byte left.
public enum TransportError: Error, Hashable, Sendable {
    /// Nothing reached the other side: name lookup, connect, TLS handshake, or no free slot in time.
    case notSent(String)
    /// Bytes left, and no whole answer came back.
    case interrupted(String)
}
