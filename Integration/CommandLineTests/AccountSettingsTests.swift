// SPDX-License-Identifier: Apache-2.0

import Foundation
import SCMSimulator
import Testing

/// Settings that are wrong: what was just typed is bad input, what is kept and went bad is bad configuration.
struct AccountSettingsTests {
    private static let adding = [
        "account", "add", "scm", "--provider", "sectigo", "--skip-verify", "--set", "user=ann", "--set",
        "customer-uri=acme",
    ]
    private static let password = ["--secret", "password=env:PASSWORD"]

    private func command() throws -> PublicCACommand {
        let command = try PublicCACommand(environment: ["PASSWORD": "p"])
        try Data("no certificate".utf8).write(to: command.file("other.pem"))
        return command
    }

    @Test(arguments: [
        ("requests-in-flight=0", Int32(64), "from 1 to 256"), ("proxy=http://", 64, "such as http://proxy.example"),
        ("address=foo", 64, #"cannot be "foo": it is the address of an API, which begins with https://"#),
        ("extra-root=other.pem", 64, "no certificate in PEM"),
        ("extra-root=nowhere.pem", 66, "nowhere.pem: No such file or directory"),
    ])
    func `a setting that was typed wrong is told with what was typed, and nothing is kept`(
        _ setting: String, _ status: Int32, _ text: String
    ) async throws {
        let command = try command()
        let added = try await command.run(Self.adding + Self.password + ["--set", setting])
        #expect(added.status == status && added.error.contains(text), "\(added.error)")
        #expect(!added.error.contains("account set"), "there is none yet: \(added.error)")
        #expect(try await command.items("account", "list").isEmpty)
        try #require(try await command.run(Self.adding + Self.password).status == 0)
        let changed = try await command.run("account", "set", "scm", "--set", setting)
        #expect(changed.status == status && changed.error.contains(text), "\(changed.error)")
        let name = String(setting.prefix { $0 != "=" })
        let kept = try await command.json("account", "show", "scm")["settings"] as? [String: String]
        #expect(kept?["user"] == "ann" && kept?[name] == nil)
    }

    @Test func `a secret's file that is missing is told as other files are`() async throws {
        let added = try await command().run(Self.adding + ["--secret", "password=file:nowhere"])
        #expect(added.status == 66 && added.error.contains("No such file"), "\(added.error)")
    }

    @Test func `a file that was there once is bad configuration, until another is named`() async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let command = try command()
            try Data(simulator.rootCertificate.utf8).write(to: command.file("root.pem"))
            try Data(simulator.rootCertificate.utf8).write(to: command.file("moved.pem"))
            let added = try await command.run(
                Self.adding + ["--secret", "password=env:PASSWORD", "--set", "extra-root=root.pem"])
            try #require(added.status == 0, "\(added.error)")
            try FileManager.default.removeItem(at: command.file("root.pem"))
            for arguments in [["verify", "scm"], ["set", "scm", "--set", "requests-in-flight=4"]] {
                let ended = try await command.run(["account"] + arguments)
                #expect(ended.status == 78 && ended.error.contains("No such file"), "\(ended.error)")
                #expect(ended.error.contains("publicca account set scm --set KEY=VALUE"), "\(ended.error)")
            }
            #expect(try await command.run("account", "set", "scm", "--set", "extra-root=root.pem").status == 66)
            let mended = try await command.run(
                "account", "set", "scm", "--set", "extra-root=moved.pem", "--set", "address=\(simulator.address)")
            #expect(mended.status == 77, "the login is wrong, and SCM was asked: \(mended.error)")
        }
    }

    @Test func `a proxy's password that an earlier version kept in clear is told with the way out`() async throws {
        let command = try command()
        let added = try await command.run(Self.adding + Self.password + ["--set", "proxy=http://ann@127.0.0.1:1"])
        try #require(added.status == 0, "\(added.error)")
        try await command.database("update accounts set body = replace(body, '//ann@', '//ann:canary@')")
        let refused = try await command.run("account", "verify", "scm")
        let hint = "publicca account set scm --set proxy=ADDRESS --secret proxy-password=SOURCE"
        #expect(refused.status == 78 && refused.error.contains(hint), "\(refused.error)")
        #expect(!refused.error.contains("canary"))
        let mended = try await command.run(
            "account", "set", "scm", "--set", "proxy=http://ann@127.0.0.1:1", "--secret", "proxy-password=env:PASSWORD")
        #expect(mended.status == 69, "the proxy was tried: \(mended.error)")
    }

    @Test func `a host that speaks TLS and is asked in clear is told as that`() async throws {
        try await SCMSimulator.serve(try SimulatorSettings(json: #"{"tls": true}"#)) { simulator in
            let command = try PublicCACommand(environment: ["PASSWORD": "master-password"])
            let address = "address=\(simulator.address)"
            let added = try await command.run(
                command.adding(.password, at: simulator).map {
                    $0 == address + "/api" ? address.replacing("https", with: "http") : $0
                })
            #expect(added.status == 69 && added.error.contains("write https:// in its address"), "\(added.error)")
        }
    }
}
