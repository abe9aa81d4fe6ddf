// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import HTTPTypes

/// An address that somebody wrote down to have it called: a webhook's, a heartbeat's.
///
/// It may hold a token, hence is never repeated in messages; its ``host`` may be.
package struct WebAddress: Sendable {
    package let host: String
    private let scheme: String?
    private let port: String
    private let path: String

    /// `nil` for what is none of HTTP, or holds a user or a password, which belong into a header.
    package init?(_ text: String) {
        guard let parts = URLComponents(string: text), ["http", "https"].contains(parts.scheme),
            let host = parts.percentEncodedHost, !host.isEmpty, parts.user == nil, parts.password == nil
        else { return nil }
        self.host = host
        scheme = parts.scheme
        port = parts.port.map { ":\($0)" } ?? ""
        path =
            (parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath)
            + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
    }

    package func request(_ method: HTTPRequest.Method, _ fields: HTTPFields = [:]) -> HTTPRequest {
        HTTPRequest(method: method, scheme: scheme, authority: host + port, path: path, headerFields: fields)
    }
}

extension HTTPResponse.Status {
    /// Whether a receiver that answered so may take the same message later. What somebody else has to mend is not tried
    /// again for hours: what follows would wait behind it.
    package var mayPass: Bool {
        ![.redirection, .clientError].contains(kind) || [408, 425, 429].contains(code)
    }
}

extension URLComponents {
    /// The host as it is called; `nil` where there is none, and for one with signs in it that end a host. They were escaped:
    /// what follows them would be read as a login, a path or a line of its own.
    package var plainHost: String? {
        guard let host, !host.isEmpty else { return nil }
        return host.unicodeScalars.contains { "@/?#\\ ".unicodeScalars.contains($0) || $0.disturbsLine } ? nil : host
    }
}
