// SPDX-License-Identifier: Apache-2.0

import Crypto
import FoundationEssentials
import HTTPTypes
public import PublicCA

/// Access tokens of one OAuth client (RFC 6749 §4.4): asked for when there is none and when the API refuses the one at
/// hand, never by a clock. The newest is kept in the provider's memory, sealed, so that the next step needs no other; it
/// is of use to the client, the secret and the addresses that it was got with, and to nobody else.
public struct BearerTokens: Sendable {
    private let scheme: String
    private let authority: String
    private let path: String
    private let clientID: String
    private let clientSecret: Secret
    private let context: ProviderContext

    private static let name = "access-token"

    /// - Parameters:
    ///   - address: of the token endpoint.
    ///   - setting: the name of the setting that the address came from, for the error.
    ///   - clientID: who asks.
    ///   - clientSecret: sent in the body, as the form has it.
    ///   - context: transport and memory.
    ///
    /// Throws when the address is none.
    public init(
        address: String, setting: String = "token-address", clientID: String, clientSecret: Secret,
        context: ProviderContext
    ) throws(SettingError) {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.plainHost, parts.user == nil,
            parts.password == nil
        else {
            throw SettingError([
                "setting \(setting) is not the address of a token endpoint, which begins with https://"
            ])
        }
        self.scheme = scheme
        self.authority = host + (parts.port.map { ":\($0)" } ?? "")
        self.path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.context = context
    }

    /// The newest token for an API; asks for one where there is none. Throws `account` when the client is refused.
    func current(for api: JSONEndpoint) async throws(ProviderError) -> Secret {
        let kept = try await context.memory.recall(Self.name)
        if let kept, let token = token(in: kept, for: api) { return token }
        return try await fresh(for: api, replacing: kept?.version)
    }

    /// Another token than the one that was refused: somebody else's newer one, or one that is asked for now.
    func renewed(after refused: Secret, for api: JSONEndpoint) async throws(ProviderError) -> Secret {
        let kept = try await context.memory.recall(Self.name)
        if let kept, let newest = token(in: kept, for: api) {
            let isOther = newest.reveal { newest in refused.reveal { $0 != newest } }
            if isOther { return newest }
        }
        return try await fresh(for: api, replacing: kept?.version)
    }

    /// A token that is asked for now, whatever is kept. Throws `account` when the client is refused.
    func fresh(for api: JSONEndpoint) async throws(ProviderError) -> Secret {
        try await fresh(for: api, replacing: try await context.memory.recall(Self.name)?.version)
    }

    private func fresh(for api: JSONEndpoint, replacing version: Int?) async throws(ProviderError) -> Secret {
        let purpose = "asking for an access token"
        let reply: HTTPReply
        do throws(TransportError) {
            reply = try await context.transport.send(request, body: form)
        } catch {
            throw ProviderError(.transient(retryAfter: nil), "\(purpose): the token endpoint was not reached")
        }
        let status = reply.response.status
        switch status.code {
        case 200..<300: break
        case ..<400, 408, 429, 500...:
            throw ProviderError(.transient(retryAfter: nil), "\(purpose): the answer was \(status.code)")
        default:
            let code = reply.json(RefusalAnswer.self)?.error
            throw ProviderError(
                .account, "\(purpose): the client was refused with \(status.code)",
                wording: code.map { Redaction([clientSecret])($0) })
        }
        guard let answer = reply.json(TokenAnswer.self), !answer.access_token.isEmpty else {
            throw ProviderError(.transient(retryAfter: nil), "\(purpose): the answer holds none")
        }
        // Somebody else may have been faster; this token is as good.
        _ = try await context.memory.remember(
            written(answer.access_token, for: api), as: Self.name, replacing: version)
        return Secret(answer.access_token)
    }

    private var request: HTTPRequest {
        HTTPRequest(
            method: .post, scheme: scheme, authority: authority, path: path,
            headerFields: [.contentType: "application/x-www-form-urlencoded", .accept: "application/json"])
    }

    private var form: Data {
        clientSecret.reveal { secret in
            let fields = [
                ("grant_type", "client_credentials"), ("client_id", clientID), ("client_secret", secret),
            ]
            return Data(fields.map { "\($0)=\(PercentCoding.encode($1))" }.joined(separator: "&").utf8)
        }
    }

    /// The digest first, then the token: sealed together.
    private func written(_ token: String, for api: JSONEndpoint) -> Data { origin(api) + Data(token.utf8) }

    /// `nil` for one that was got with anything else.
    private func token(in kept: RememberedBlob, for api: JSONEndpoint) -> Secret? {
        let origin = origin(api)
        guard kept.data.starts(with: origin), kept.data.count > origin.count else { return nil }
        return Secret(String(decoding: kept.data.dropFirst(origin.count), as: UTF8.self))
    }

    /// What a token is got with, and whom it is sent to, as a digest. Each part says how long it is, so that no two sets of
    /// them read alike.
    private func origin(_ api: JSONEndpoint) -> Data {
        clientSecret.reveal { secret in
            let parts = ["\(scheme)://\(authority)\(path)", api.description, clientID, secret]
            return Data(SHA256.hash(data: Data(parts.map { "\($0.utf8.count):\($0)" }.joined().utf8)))
        }
    }
}

/// RFC 6749 §5.1; how long it lasts is learnt when it is refused.
private struct TokenAnswer: Decodable {
    // The standard's own spelling.
    var access_token: String
}

/// RFC 6749 §5.2.
private struct RefusalAnswer: Decodable {
    var error: String
}
