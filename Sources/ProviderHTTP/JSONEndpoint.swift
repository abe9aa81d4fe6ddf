// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import HTTPTypes
public import PublicCA

/// A REST API: where it is, how to get there, and how its failures are to be read.
public struct JSONEndpoint: Sendable {
    let scheme: String
    let authority: String
    let path: String
    let transport: any HTTPTransport
    private(set) var headers: HTTPFields
    let tokens: BearerTokens?
    let settle: Duration
    private(set) var redact: Redaction
    private let secrets: [Secret]
    let now: @Sendable () -> Date
    let refine: @Sendable (HTTPReply, ProviderError) -> ProviderError

    /// - Parameters:
    ///   - address: such as `https://ca.example/api`, without a query; plain HTTP is for tests.
    ///   - setting: the name of the setting that the address came from, for the error.
    ///   - written: the setting's text, for the error, where the address was completed from it.
    ///   - context: transport and date.
    ///   - headers: sent with every request, the authorization among them.
    ///   - tokens: where a token for `Authorization` comes from, for an API that wants one.
    ///   - secrets: removed from every text that the CA sends.
    ///   - settle: how long an order may be missing from a lookup after its answer was lost.
    ///   - refine: corrects the disposition by the CA's own code; what it writes is redacted afterwards.
    ///
    /// Throws when the address is none, and does not repeat what may be a password in it.
    public init(
        address: String, setting: String = "address", written: String? = nil, context: ProviderContext,
        headers: HTTPFields = [:], secrets: [Secret] = [], tokens: BearerTokens? = nil, settle: Duration,
        refine: @escaping @Sendable (HTTPReply, ProviderError) -> ProviderError = { _, error in error }
    ) throws(SettingError) {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.plainHost, parts.user == nil,
            parts.password == nil, parts.query == nil, parts.fragment == nil,
            // A password with a slash in it ends the host, and is taken for the path.
            !parts.percentEncodedPath.contains("@")
        else {
            let shown = Redaction(secrets)(Self.withoutLogin(written ?? address))
            throw SettingError([
                "setting \(setting) cannot be \"\(shown)\": it is the address of an API, which begins with https:// and has no user, password or query"
            ])
        }
        self.scheme = scheme
        self.authority = host + (parts.port.map { ":\($0)" } ?? "")
        self.path =
            parts.percentEncodedPath.hasSuffix("/")
            ? String(parts.percentEncodedPath.dropLast()) : parts.percentEncodedPath
        self.transport = context.transport
        self.headers = headers
        self.tokens = tokens
        self.settle = settle
        self.secrets = secrets
        self.redact = Redaction(secrets)
        self.now = context.now
        self.refine = refine
    }

    /// Asks for a token now, where the API wants one, and keeps it: whoever checks an account has to learn whether its login
    /// is good today, which an older token does not tell. Throws `account` when the client is refused.
    public func renewToken() async throws(ProviderError) {
        _ = try await tokens?.fresh(for: self)
    }

    /// The same endpoint with a token, which is then a secret like the others.
    func authorized(by token: Secret) -> JSONEndpoint {
        var endpoint = self
        token.reveal { endpoint.headers[.authorization] = "Bearer \($0)" }
        endpoint.redact = Redaction(secrets + [token])
        return endpoint
    }

    /// The address without what stands before the host and after the path.
    private static func withoutLogin(_ address: String) -> String {
        let start = address.firstRange(of: "://")?.upperBound ?? address.startIndex
        // Escaped, it ends a login none the less, for who wrote it.
        let rest = address[start...].replacing("%40", with: "@")
        let host = rest.lastIndex(of: "@").map { "…" + rest[$0...] } ?? String(rest)
        let place = host.prefix { $0 != "?" && $0 != "#" }
        return address[..<start] + place + (place.count < host.count ? "…" : "")
    }
}

extension JSONEndpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address alone: its headers are credentials.
    public var description: String { "\(scheme)://\(authority)\(path)" }
    /// The same.
    public var debugDescription: String { description }
    /// Has no children, so that `dump` of a provider shows no header.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
