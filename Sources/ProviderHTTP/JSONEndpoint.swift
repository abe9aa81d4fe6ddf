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
    let headers: HTTPFields
    let settle: Duration
    let redact: Redaction
    let now: @Sendable () -> Date
    let refine: @Sendable (HTTPReply, ProviderError) -> ProviderError

    /// - Parameters:
    ///   - address: such as `https://ca.example/api`, without a query; plain HTTP is for tests.
    ///   - context: transport and date.
    ///   - headers: sent with every request, the authorization among them.
    ///   - secrets: removed from every text that the CA sends.
    ///   - settle: how long an order may be missing from a lookup after its answer was lost.
    ///   - refine: corrects the disposition by the CA's own code; what it writes is redacted afterwards.
    ///
    /// Throws when the address is none.
    public init(
        address: String, context: ProviderContext, headers: HTTPFields = [:], secrets: [Secret] = [],
        settle: Duration,
        refine: @escaping @Sendable (HTTPReply, ProviderError) -> ProviderError = { _, error in error }
    ) throws(SettingError) {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil, parts.query == nil, parts.fragment == nil
        else { throw SettingError(["\"\(Redaction(secrets)(address))\" is not the address of an API"]) }
        self.scheme = scheme
        self.authority = host + (parts.port.map { ":\($0)" } ?? "")
        self.path =
            parts.percentEncodedPath.hasSuffix("/")
            ? String(parts.percentEncodedPath.dropLast()) : parts.percentEncodedPath
        self.transport = context.transport
        self.headers = headers
        self.settle = settle
        self.redact = Redaction(secrets)
        self.now = context.now
        self.refine = refine
    }
}
