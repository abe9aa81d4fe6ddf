// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What an OAuth client holds for a while.
struct Token: Sendable {
    var login: String
    var expires: Date
}

extension Books {
    /// The authorization server's only call: client credentials in a form, a token in return.
    mutating func token(for call: Call) -> Answer {
        let form = Call(method: "POST", target: "/?" + String(decoding: call.body, as: UTF8.self)).query
        guard form["grant_type"] == "client_credentials" else {
            return .json(["error": "unsupported_grant_type"], status: 400)
        }
        let owner = world.administrators.first {
            $0.client?.id == form["client_id"] && $0.client?.secret == form["client_secret"]
        }
        guard let owner else {
            return .json(
                ["error": "unauthorized_client", "error_description": "Invalid client or Invalid client credentials"],
                status: 401)
        }
        let random = "\(chance.word(20)).\(chance.word(40)).\(chance.word(20))"
        let text = quirks.token.isEmpty ? random : quirks.token
        tokens[text] = Token(login: owner.login, expires: now.addingTimeInterval(Double(quirks.tokenSeconds)))
        let life: JSON? = quirks.tokenTellsExpiry ? .integer(quirks.tokenSeconds) : nil
        return .json(
            .fields([
                "access_token": .string(text), "expires_in": life, "refresh_expires_in": 0, "token_type": "Bearer",
                "not-before-policy": 0, "scope": "",
            ]))
    }

    static let tokenPath = "/auth/realms/apiclients/protocol/openid-connect/token"

    /// What a 401 says about where tokens come from; sources describe two forms.
    func challenge(_ call: Call) -> String? {
        switch quirks.challenge {
        case .address: call.origin + Self.tokenPath
        case .field: "Bearer authorization_uri=\"\(call.origin)\(Self.tokenPath)\""
        case .none: nil
        }
    }
}
