// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

/// What a plugin offers beside its own settings.
struct PluginTests {
    private static let transport = [
        "extra-root", "proxy", "proxy-password", "client-certificate", "client-key", "requests-in-flight",
        "requests-per-second",
    ]

    private func plugin(
        speaksHTTP: Bool = true,
        check: @escaping @Sendable ([String: String], Set<String>) -> [String] = { _, _ in [] }
    ) -> ProviderPlugin {
        ProviderPlugin(
            id: "acme", summary: "Acme CA",
            settings: [SettingKey<String>("user", help: "API user").description],
            speaksHTTP: speaksHTTP, check: check, open: { _ in BareProvider() })
    }

    @Test func `the transport's settings are offered where HTTP is spoken, and nowhere else`() {
        #expect(plugin().settings.map(\.name) == ["user", "write-deadline", "settle-time"] + Self.transport)
        #expect(plugin(speaksHTTP: false).settings.map(\.name) == ["user", "write-deadline", "settle-time"])
        #expect(plugin().settings.filter(\.isSecret).map(\.name) == ["proxy-password", "client-key"])
        #expect(plugin().settings.filter(\.isFile).map(\.name) == ["extra-root", "client-certificate"])
        #expect(plugin().settings.first { $0.name == "requests-in-flight" }?.defaultValue == "8")
    }

    @Test(arguments: [
        ("requests-in-flight", "0"), ("requests-in-flight", "257"), ("requests-in-flight", "x"),
        ("requests-per-second", "0"), ("requests-per-second", "-1"), ("requests-per-second", "inf"),
        ("client-key", "in clear"), ("client-key", ""),
    ])
    func `a transport setting that makes no sense is refused`(name: String, text: String) {
        #expect(plugin().problems(values: [name: text], secretNames: []).count == 1)
    }

    @Test func `the pace is read as numbers`() throws {
        let settings = ProviderSettings(values: ["requests-in-flight": "32", "requests-per-second": "0.5"])
        #expect(try settings(GenericSettings.requestsInFlight) == 32)
        #expect(try settings(GenericSettings.requestsPerSecond) == 0.5)
        #expect(try ProviderSettings()(GenericSettings.requestsInFlight) == 8)
        #expect(try ProviderSettings().optional(GenericSettings.requestsPerSecond) == nil)
    }

    @Test func `settings that are wrong together are told as bad input, beside those wrong alone`() {
        let oneOf = plugin { values, secrets in
            values["user"] != nil && secrets.contains("client-key") ? [] : ["give user with the secret client-key"]
        }
        #expect(oneOf.problems(values: ["user": "ann"], secretNames: ["client-key"]).isEmpty)
        let problems = oneOf.problems(values: ["requests-in-flight": "x"], secretNames: [])
        #expect(
            problems == [
                #"setting requests-in-flight cannot be "x": the most requests at once, from 1 to 256"#,
                "give user with the secret client-key",
            ])
    }

    @Test(arguments: [
        "http://ann:canary@proxy.example:3128", "ann:canary@proxy.example", "socks5://:canary@proxy.example",
    ])
    func `a proxy's password is refused as a setting, and not repeated`(address: String) {
        let problems = plugin().problems(values: ["proxy": address], secretNames: [])
        #expect(problems.count == 1)
        #expect(problems.allSatisfy { $0.contains("proxy-password") && !$0.contains("canary") })
        #expect(throws: SettingError(problems)) {
            try ProviderSettings(values: ["proxy": address]).optional(GenericSettings.proxy)
        }
    }

    @Test(arguments: ["none", "proxy.example:3128", "http://ann@proxy.example:3128"])
    func `a proxy without a password is taken as it is`(address: String) throws {
        #expect(try ProviderSettings(values: ["proxy": address]).optional(GenericSettings.proxy) == address)
    }
}
