// SPDX-License-Identifier: Apache-2.0

import PublicCA
import Testing

struct SettingTests {
    private static let address = SettingKey<String>("address", help: "base URL", default: "https://ca.example")
    private static let user = SettingKey<String>("user", help: "API user", isRequired: true)
    private static let password = SettingKey<Secret>(secret: "password", help: "its password", isRequired: true)
    private static let patience = SettingKey<Duration>("patience", help: "how long to wait", default: .seconds(60))

    private let plugin = ProviderPlugin(
        id: "acme", summary: "Acme CA",
        settings: [
            Self.address.description, Self.user.description, Self.password.description, Self.patience.description,
        ],
        open: { _ in BareProvider() })

    @Test func `a key reads its value, or its default`() throws {
        let settings = ProviderSettings(values: ["user": "admin"], secrets: ["password": Secret("canary")])
        #expect(try settings(Self.user) == "admin")
        #expect(try settings(Self.address) == "https://ca.example")
        #expect(try settings(Self.password).reveal { $0 } == "canary")
        #expect(try ProviderSettings().optional(Self.user) == nil)
        #expect(throws: SettingError(["setting user is missing"])) { try ProviderSettings()(Self.user) }
    }

    @Test(arguments: [("90", 90), ("90s", 90), ("15m", 900), ("12h", 43_200), ("2d", 172_800)])
    func `durations are written as people write them`(_ text: String, _ seconds: Int) throws {
        let settings = ProviderSettings(values: ["patience": text])
        #expect(try settings(Self.patience) == .seconds(seconds))
    }

    @Test(arguments: ["", "-1", "soon", "5w", "1.5h", "99999999999"])
    func `what is no duration is refused with its text`(_ text: String) {
        let settings = ProviderSettings(values: ["patience": text])
        #expect {
            try settings(Self.patience)
        } throws: { error in
            "\(error)".hasPrefix(#"setting patience cannot be "\#(text)": "#)
        }
    }

    @Test func `all problems of an account are told at once`() {
        let problems = plugin.problems(
            values: ["adress": "x", "password": "in clear", "patience": "soon"], secretNames: ["user"])
        for part in [
            "no setting adress", "password is a secret", "patience cannot be", "no secret user", "user is missing",
        ] {
            #expect(problems.contains { $0.contains(part) }, "\(part)")
        }
        #expect(!problems.joined().contains("in clear"))
        #expect(plugin.problems(values: ["user": "admin"], secretNames: ["password"]).isEmpty)
    }

    @Test func `every plugin offers the settings of all providers`() {
        #expect(plugin.settings.contains { $0.name == "settle-time" })
        #expect(plugin.settings.contains { $0.name == "write-deadline" })
    }
}
