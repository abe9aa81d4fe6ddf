// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Secrets from every source, through commands that work and that fail: afterwards they stand nowhere.
struct SecretScanTests {
    private let sources = ["env", "file", "input"]

    @Test func `no secret is left in clear in the home, in logs or in what was printed`() async throws {
        let accounts = sources.map { Canary("the account's secret by \($0)") }
        let keystores = sources.map { Canary("the keystore's password by \($0)") }
        let exports = sources.map { Canary("the export's password by \($0)") }
        let command = try PublicCACommand(environment: [
            "ACCOUNT": accounts[0].text, "KEYSTORE": keystores[0].text, "EXPORT": exports[0].text,
        ])
        for (name, canary) in [("account", accounts[1]), ("keystore", keystores[1]), ("export", exports[1])] {
            try Data((canary.text + "\n").utf8).write(to: command.file(name))
        }
        var said = Data()
        func run(_ status: Int32, _ arguments: String..., input: Canary? = nil) async throws {
            let ended = try await command.run(arguments + ["--verbose"], input: input.map { $0.text + "\n" })
            #expect(ended.status == status, "\(arguments): \(ended.error)")
            said += ended.output + Data(ended.error.utf8)
        }

        // The mock knows one password; these are refused at once, or by the first order.
        for (number, from) in ["env:ACCOUNT", "file:\(command.file("account").path)", "-"].enumerated() {
            let (name, secret) = ("refused\(number)", "password=\(from)")
            try await run(77, "account", "add", name, "--provider", "mock", "--secret", secret, input: accounts[2])
            try await run(
                0, "account", "add", name, "--provider", "mock", "--skip-verify", "--secret", secret,
                input: accounts[2])
            try await run(0, "account", "show", name)
            try await run(77, "account", "verify", name)
            try await run(77, "account", "set", name, "--secret", secret, input: accounts[2])
        }

        try await run(0, "account", "add", "demo", "--provider", "mock")
        for (number, from) in ["env:KEYSTORE", "file:\(command.file("keystore").path)", "-"].enumerated() {
            let name = "www\(number).example.org"
            let order = ["order", "create", "--account", "demo", "--key", "ec-p256", "--name", name]
            let keystore = ["--keystore", "jks", "--keystore-password", from]
            for (status, profile) in [(0, "Mock DV"), (1, "Mock Rejected"), (64, "Mock None")] as [(Int32, String)] {
                let ended = try await command.run(
                    order + keystore + ["--profile", profile, "--verbose"], input: keystores[2].text + "\n")
                #expect(ended.status == status, "\(ended.error)")
                said += ended.output + Data(ended.error.utf8)
            }
            try await run(0, "certificate", "export", name, "--out", "as-ordered-\(number)")
            let password = ["env:EXPORT", "file:\(command.file("export").path)", "-"][number]
            try await run(
                0, "certificate", "export", name, "--format", "pkcs12", "--password", password, "--out",
                "asked-\(number)", input: exports[2])
            try await run(
                64, "certificate", "export", name, "--format", "der", "--password", password, "--out", "never",
                input: exports[2])
            try await run(0, "certificate", "renew", name)
            try await run(0, "certificate", "show", name)
        }
        try await run(0, "journal")
        try await run(0, "status")
        try await run(77, "doctor")
        // Without its end the database keeps a log of what was written last.
        try await command.killWhilePlaced([
            "order", "create", "--account", "demo", "--profile", "Mock Endless", "--name", "last.example.org",
            "--key", "ec-p256", "--keystore", "pkcs12", "--keystore-password", "env:KEYSTORE",
        ])

        let home = try command.contentsOfHome()
        #expect(home.keys.contains { $0.hasSuffix("-wal") }, "\(home.keys.sorted())")
        let key = try await privateKey(command)
        for canary in accounts + keystores + exports + [key] {
            #expect(canary.found(in: said).isEmpty)
            for (path, data) in home { #expect(canary.found(in: data).isEmpty, "\(path)") }
        }
        // The search reaches what is there.
        #expect(home.values.contains { !Canary("a name", "www0.example.org").found(in: $0).isEmpty })
        #expect(!Canary("a name", "www0.example.org").found(in: said).isEmpty)
    }

    @Test func `a canary is found in every form and place`() {
        let canary = Canary("it")
        let text = canary.text
        for padding in ["", "a", "ab", "abc"] {
            let hidden = Data((padding + text + "tail").utf8)
            #expect(canary.found(in: hidden) == ["it in clear"])
            #expect(canary.found(in: Data(hidden.base64EncodedString().utf8)) == ["it in Base64"])
        }
        #expect(canary.found(in: Data(text.utf8.map { String($0, radix: 16) }.joined().utf8)) == ["it in hex"])
        #expect(canary.found(in: text.data(using: .utf16) ?? Data()) == ["it in UTF-16"])
        #expect(Canary("another").found(in: Data(text.utf8)).isEmpty)
    }

    /// The number that makes the key of the first certificate, as it stands in PKCS#8.
    private func privateKey(_ command: PublicCACommand) async throws -> Canary {
        let ids = try await command.items("certificate", "list").compactMap { $0["id"] as? String }
        let id = try #require(ids.first)
        let shown = try await command.run("certificate", "export", id, "--format", "pem", "--with-key")
        let lines = shown.text.split(separator: "\n").drop { !$0.contains("PRIVATE KEY") }.dropFirst()
        let der = try #require(Data(base64Encoded: lines.prefix { !$0.hasPrefix("-") }.joined()))
        // SEC 1: an octet string of 32 bytes.
        let place = try #require(der.range(of: Data([0x04, 0x20]))).upperBound
        return Canary("the private key", bytes: der[place..<place + 32])
    }
}
