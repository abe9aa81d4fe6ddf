// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import PublicCA
import Testing

@testable import SectigoProvider

struct LoginTests {
    @Test(arguments: [
        (["user": "api", "customer-uri": "acme"], ["password"]),
        (["user": "api", "customer-uri": "acme", "client-certificate": "/c.pem"], ["client-key"]),
        (["client-id": "k"], ["client-secret"]),
    ])
    func `each of the three ways is whole`(_ values: [String: String], _ secrets: [String]) {
        #expect(SectigoLogin.problems(values: values, secrets: Set(secrets)) == [])
    }

    @Test func `what is missing is named, all of it`() {
        #expect(SectigoLogin.problems(values: [:], secrets: []).count == 3)
        #expect(SectigoLogin.problems(values: ["client-id": "k"], secrets: []).count == 1)
        #expect(
            SectigoLogin.problems(values: ["client-certificate": "/c.pem"], secrets: []).map { $0.prefix(17) }
                == ["secret client-key", "setting user is m", "setting customer-"])
        #expect(SectigoLogin.problems(values: ["client-id": "k"], secrets: ["client-secret", "password"]).count == 1)
    }

    @Test(arguments: ["", "/", "/api", "/api/"])
    func `a certificate leads to the private address, and a key to its own host`(_ end: String) throws {
        let password = SectigoLogin.password(user: "api", Secret("s"), customerURI: "acme")
        #expect(password.address("https://cert-manager.com\(end)") == "https://cert-manager.com/api")
        #expect(password.address("http://127.0.0.1:8080\(end)") == "http://127.0.0.1:8080/api")
        let certificate = SectigoLogin.certificate(user: "api", customerURI: "acme")
        #expect(certificate.address("https://cert-manager.com\(end)") == "https://cert-manager.com/private/api")
        #expect(certificate.address("https://api.x.example/private\(end)") == "https://api.x.example/private/api")
        #expect(certificate.address("https://api.x.example\(end)") == "https://api.x.example/private/api")
        let key = SectigoLogin.key(id: "k", Secret("s"))
        #expect(key.address("https://cert-manager.com\(end)") == "https://admin.enterprise.sectigo.com/api")
        #expect(key.address("https://hard.cert-manager.com\(end)") == "https://admin.hard.sectigo.com/api")
        #expect(key.address("https://admin.hard.sectigo.com\(end)") == "https://admin.hard.sectigo.com/api")
    }

    @Test(arguments: [
        "acme", "https://cert-manager.com/customer/acme/", "/acme", " acme ",
        "https://cert-manager.com/customer/acme?locale=en",
        "https://cert-manager.com/customer/acme/#/ssl/7", "https://hard.cert-manager.com/Customer/acme/ssl/login",
        "customer/acme",
    ])
    func `the customer may be given by the portal's login address`(_ written: String) throws {
        let scm = OtherSCM { _ in nil }
        #expect(
            try scm.provider(["user": "api", "customer-uri": written]).login.headers.map(\.value).contains("acme"))
        #expect(
            try scm.provider(["user": "api", "customer-uri": "customer"]).login.headers.map(\.value).contains(
                "customer"))
    }

    @Test(arguments: [
        (["user": "api", "customer-uri": "acme"], "password"),
        (["user": "api", "customer-uri": "acme", "client-certificate": "/c.pem"], "client-key"),
        (["client-id": "k"], "client-secret"),
    ])
    func `neither an account nor the plugin shows a secret's value`(_ values: [String: String], _ secret: String) throws
    {
        let canary = "canary-7f3a"
        let provider = try OtherSCM { _ in nil }.provider(values, secrets: [secret: canary])
        // It is in there, where it is sent by the provider itself.
        #expect(provider.login.secrets.map { $0.reveal { $0 } } == (secret == "client-key" ? [] : [canary]))
        var shown = "\(provider) \(String(reflecting: provider))"
        for part in [provider, provider.login, provider.reading, SectigoSettings.all] as [Any] {
            dump(part, to: &shown)
        }
        dump(ProviderSettings(values: values, secrets: [secret: Secret(canary)]), to: &shown)
        dump(ProviderPlugin.sectigo, to: &shown)
        #expect(shown.contains("SectigoProvider") && shown.contains(secret) && !shown.contains(canary))
    }

    @Test func `the plugin tells what can be done by it`() {
        #expect(ProviderPlugin.sectigo.speaksHTTP)
        #expect(ProviderPlugin.sectigo.capabilities.isSuperset(of: [.locating, .orders, .renewing, .reissuing]))
    }
}
