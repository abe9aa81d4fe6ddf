// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
import ProviderHTTP
import PublicCA

/// The three ways into SCM: three headers, a client certificate with two of them, or an access token.
enum SectigoLogin: Sendable {
    case password(user: String, Secret, customerURI: String)
    case certificate(user: String, customerURI: String)
    case key(id: String, Secret)

    /// Throws what is missing.
    init(_ settings: ProviderSettings) throws(SettingError) {
        if let id = try settings.optional(SectigoSettings.clientID) {
            self = .key(id: id, try settings(SectigoSettings.clientSecret))
            return
        }
        let user = try settings(SectigoSettings.user)
        let customerURI = Self.customer(in: try settings(SectigoSettings.customerURI))
        if try settings.optional(GenericSettings.clientCertificate) != nil {
            self = .certificate(user: user, customerURI: customerURI)
        } else {
            self = .password(user: user, try settings(SectigoSettings.password), customerURI: customerURI)
        }
    }

    /// People copy the portal's address, where it stands behind `customer`, or last.
    private static func customer(in written: String) -> String {
        let parts = written.trimmed.prefix { !"?#".contains($0) }.split(separator: "/").map(String.init)
        let behind = parts.drop { $0.lowercased() != "customer" }.dropFirst().first
        return behind ?? parts.last ?? written
    }

    /// What is wrong with the settings taken together.
    static func problems(values: [String: String], secrets: Set<String>) -> [String] {
        func lacks(_ setting: SettingDescription) -> Bool {
            setting.isSecret ? !secrets.contains(setting.name) : values[setting.name] == nil
        }
        let needed: [SettingDescription]
        let way: String
        if !lacks(SectigoSettings.clientID.description) || !lacks(SectigoSettings.clientSecret.description) {
            (way, needed) = (
                "an API key", [SectigoSettings.clientID.description, SectigoSettings.clientSecret.description]
            )
            if !lacks(SectigoSettings.password.description) {
                return ["a password and an API key are both given; choose one way to log in"]
            }
        } else if !lacks(GenericSettings.clientCertificate.description) || !lacks(GenericSettings.clientKey.description)
        {
            way = "a client certificate"
            needed = [
                GenericSettings.clientCertificate.description, GenericSettings.clientKey.description,
                SectigoSettings.user.description, SectigoSettings.customerURI.description,
            ]
        } else {
            way = "a user"
            needed = [
                SectigoSettings.user.description, SectigoSettings.customerURI.description,
                SectigoSettings.password.description,
            ]
        }
        return needed.filter(lacks).map { setting in
            "\(setting.isSecret ? "secret" : "setting") \(setting.name) is missing: a login by \(way) needs it"
        }
    }

    /// The user's name, where a user logs in.
    var user: String? {
        switch self {
        case .password(let user, _, _), .certificate(let user, _): user
        case .key: nil
        }
    }

    /// What no text of SCM may show.
    var secrets: [Secret] {
        switch self {
        case .password(_, let password, _): [password]
        case .certificate: []
        case .key(_, let secret): [secret]
        }
    }

    var headers: HTTPFields {
        var headers = HTTPFields()
        switch self {
        case .password(let user, let password, let customerURI):
            password.reveal { headers[.password] = $0 }
            headers[.login] = user
            headers[.customerURI] = customerURI
        case .certificate(let user, let customerURI):
            headers[.login] = user
            headers[.customerURI] = customerURI
        case .key: break
        }
        return headers
    }

    /// Where to call: what is written, with the `/api` that all instances have. Logins by certificate have a prefix of
    /// their own, and API keys a host of their own for each instance.
    func address(_ written: String) -> String {
        var base = written.trimmed
        while base.hasSuffix("/") { base.removeLast() }
        if base.hasSuffix("/api") { base.removeLast(4) }
        switch self {
        case .password: break
        case .key: base = SectigoSettings.hostsOfKeys[base.lowercased()] ?? base
        case .certificate: if !base.hasSuffix("/private") { base += "/private" }
        }
        return base + "/api"
    }
}

extension HTTPField.Name {
    // Names of RFC 9110 tokens are never refused.
    fileprivate static let login = HTTPField.Name("login") ?? .authorization
    fileprivate static let password = HTTPField.Name("password") ?? .authorization
    fileprivate static let customerURI = HTTPField.Name("customerUri") ?? .authorization
}
