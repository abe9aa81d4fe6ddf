// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import PublicCA

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension TransportError {
    /// The one place where the client's errors become ours.
    ///
    /// - Parameters:
    ///   - hasLeft: whether any of the request's body was taken for sending; `nil` for a request without one, of which the
    ///     error alone has to tell: what is not known to come before the first byte is then taken for interrupted.
    ///   - scheme: how it was sent: one in clear may have met a host that speaks TLS.
    init(_ error: any Error, hasLeft: Bool?, scheme: String?) {
        var text = Self.text(of: error)
        if scheme == "http", Self.isOfTLS(error) {
            text += "; where the host speaks TLS, write https:// in its address"
        }
        self = hasLeft ?? !Self.isBeforeTheFirstByte(error) ? .interrupted(text) : .notSent(text)
    }

    private static func isBeforeTheFirstByte(_ error: any Error) -> Bool {
        switch error {
        case is NIOConnectionError, is NIOSSLExtraError, NIOSSLError.handshakeFailed, ChannelError.connectTimeout: true
        case let error as IOError: unreachable[error.errnoCode] != nil
        case let error as HTTPClientError:
            [
                .invalidURL, .emptyHost, .emptyScheme, .connectTimeout, .tlsHandshakeTimeout, .socksHandshakeTimeout,
                .httpProxyHandshakeTimeout, .proxyAuthenticationRequired, .invalidProxyResponse,
                .getConnectionFromPoolTimeout, .alreadyShutdown,
            ].contains(error)
        default: false
        }
    }

    /// What a host that speaks TLS does with a request in clear.
    private static func isOfTLS(_ error: any Error) -> Bool {
        error is HTTPParserError || (error as? HTTPClientError) == .remoteConnectionClosed
    }

    private static let unreachable = [
        ECONNREFUSED: "nobody listens there", EHOSTUNREACH: "the host cannot be reached",
        ENETUNREACH: "the network cannot be reached",
    ]

    /// Nothing that was sent is in it.
    private static func text(of error: any Error) -> String {
        switch error {
        case let error as HTTPClientError: error.shortDescription.lowercased()
        case let error as NIOConnectionError: "no connection to \(error.host):\(error.port)"
        case let error as NIOSSLError: tls(error)
        case is NIOSSLExtraError: "TLS: the certificate is not for this host"
        case is NIOTooManyBytesError: "the answer is too long"
        case is HTTPParserError: "the answer is not HTTP"
        case is CancellationError: "given up"
        case let error as IOError: unreachable[error.errnoCode] ?? "the connection broke (error \(error.errnoCode))"
        default: "the exchange failed"
        }
    }

    /// BoringSSL's reason is told by its description alone.
    private static func tls(_ error: NIOSSLError) -> String {
        "\(error)".contains("CERTIFICATE_VERIFY_FAILED")
            ? "TLS: the host's certificate is not trusted; where its root is known, name that with the setting extra-root"
            : "TLS: \(error)"
    }
}
