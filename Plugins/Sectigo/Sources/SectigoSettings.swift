// SPDX-License-Identifier: Apache-2.0

import PublicCA

/// What an account at SCM is told.
enum SectigoSettings {
    static let address = SettingKey<String>(
        "address", help: "base URL of the API", default: "https://cert-manager.com/api")
    static let user = SettingKey<String>("user", help: "API user, for a login by password or client certificate")
    static let customerURI = SettingKey<String>(
        "customer-uri", help: "last part of the portal's login address, for the same logins")
    static let password = SettingKey<Secret>(secret: "password", help: "password of the API user")
    static let clientID = SettingKey<String>("client-id", help: "id of an API key, for a login by OAuth")
    static let clientSecret = SettingKey<Secret>(secret: "client-secret", help: "secret of the API key")
    static let tokenAddress = SettingKey<String>(
        "token-address", help: "where access tokens come from",
        default: "https://auth.sso.sectigo.com/auth/realms/apiclients/protocol/openid-connect/token")

    /// By mail is missing: that needs an address for each order.
    static let dcvMode = SettingKey<String>(
        "dcv-mode",
        help:
            "how domains are validated with an order: CNAME, HTTP, HTTPS or TXT; where SCM does not validate them before",
        parse: { ["CNAME", "HTTP", "HTTPS", "TXT"].contains($0.uppercased()) ? $0.uppercased() : nil })

    static let all = [
        address.description, user.description, customerURI.description, password.description, clientID.description,
        clientSecret.description, tokenAddress.description, dcvMode.description,
    ]

    /// Where API keys work, by the host of logins by user.
    static let hostsOfKeys = [
        "https://cert-manager.com": "https://admin.enterprise.sectigo.com",
        "https://hard.cert-manager.com": "https://admin.hard.sectigo.com",
    ]
}
