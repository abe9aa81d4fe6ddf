// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What is wrong with one command is said at once, with what to do.
struct ProblemTests {
    private func expect(
        _ ended: Program.Ended, _ status: Int32 = 64, says: String..., at location: SourceLocation = #_sourceLocation
    ) {
        #expect(ended.status == status, "\(ended.error)", sourceLocation: location)
        #expect(ended.error.split(separator: "\n").count == 1, "\(ended.error)", sourceLocation: location)
        for text in says { #expect(ended.error.contains(text), "\(ended.error)", sourceLocation: location) }
    }

    @Test func `an order's keystore, fields, secrets and contents are judged together`() async throws {
        let command = try await PublicCACommand.withAccount()
        let ended = try await command.order(
            "www.example.org", "--keystore", "jks", "--keystore-password", "env:NOWHERE", "--field", "colour",
            "--term", "365", "--san", "not a name")
        expect(ended, says: "NOWHERE", "an equals sign", "term 365", "not a name")
        #expect(!ended.error.contains("needs a password"))
        #expect(try await command.items("order", "list").isEmpty)
    }

    @Test func `all that is wrong with a reissue or a revocation is said at once`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let reissue = ["certificate", "reissue", "www.example.org"]
        expect(
            try await command.run(
                reissue + ["--reason", "names", "--san", "a b", "--san", "c d", "--key", "rsa-1024"]),
            says: "a b", "c d", "rsa-1024")
        expect(
            try await command.run(reissue + ["--csr", "no", "--key", "ec-p256", "--order-key", ""]),
            says: "a reason", "the key is yours", "order key", "No such file")
        expect(
            try await command.run("certificate", "revoke", "www.example.org"), says: "--reason is missing",
            "--comments is missing", "superseded")
        expect(
            try await command.run("certificate", "revoke", "www.example.org", "--reason", "supersedet"),
            says: "did you mean superseded?", "--comments")
    }

    @Test func `a keystore without a key here is refused of a reissue as of an order`() async throws {
        let command = try await PublicCACommand.withAccount(environment: ["PASSWORD": "correct horse"])
        #expect(try await command.order("www.example.org").status == 0)
        let made = try await Program.tool(
            "openssl",
            [
                "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=www.example.org", "-keyout", "own.key", "-out", "own.csr",
            ], in: command.folder)
        try #require(made.status == 0, "\(made.error)")
        expect(
            try await command.run(
                "certificate", "reissue", "www.example.org", "--reason", "key", "--csr", "own.csr", "--keystore",
                "jks", "--keystore-password", "env:PASSWORD"), says: "no key here for a keystore")
    }

    @Test(arguments: ["pkcs12", "jks"])
    func `a keystore password that Java could not open is refused with the order`(_ format: String) async throws {
        let command = try await PublicCACommand.withAccount(environment: ["ODD": "pässword", "SHORT": "abc"])
        for (source, says) in [("env:ODD", "ASCII"), ("env:SHORT", "at least 6")] {
            let ended = try await command.order(
                "www.example.org", "--keystore", format, "--keystore-password", source)
            expect(ended, says: says, "generate")
            #expect(!ended.error.contains("pässword"))
        }
        #expect(try await command.items("order", "list").isEmpty)
    }

    @Test func `a name is given once beside the common name, whatever the order`() async throws {
        let command = try await PublicCACommand.withAccount()
        let (common, other) = (["--san", "www.example.org"], ["--san", "a.example.org"])
        let create = [
            "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org", "--key",
            "ec-p256",
        ]
        for sans in [common + other, other + common] {
            #expect(try await command.run(create + sans + ["--dry-run"]).status == 0)
        }
        expect(try await command.run(create + other + common + other), says: "a.example.org is given twice")
        #expect(try await command.run(create).status == 0)
        let reissue = ["certificate", "reissue", "www.example.org", "--reason", "names"]
        expect(try await command.run(reissue + other + other), says: "a.example.org is given twice")
        #expect(try await command.run(reissue + other + common).status == 0)
    }

    @Test func `a decision that comes too late is refused in a person's words`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let late = try await command.run("order", "cancel", "www.example.org", "--yes")
        expect(late, 1, says: "is completed, so that it cannot be withdrawn", "publicca certificate revoke crt_")
        let resolved = try await command.run("order", "resolve", "www.example.org", "--retry")
        expect(resolved, 1, says: "is completed and not stuck", "publicca order show ord_")
    }

    @Test func `a withdrawal that the CA refuses is told with its reason`() async throws {
        let command = try await PublicCACommand.withAccount("--set", "mischief=cancel-too-late")
        #expect(try await command.order("www.example.org", profile: "Mock Endless").status == 3)
        let late = try await command.run("order", "cancel", "www.example.org", "--yes")
        expect(late, 1, says: "was not withdrawn: too late to withdraw it")
    }

    @Test func `a repeated order key tells what it leads to, and what it passes over`() async throws {
        let command = try await PublicCACommand.withAccount()
        let key = ["--order-key", "ticket-7"]
        let create = ["order", "create", "--account", "demo", "--key", "ec-p256", "--name"]
        let first = create + ["www.example.org", "--profile", "Mock DV"] + key
        #expect(try await command.run(first).status == 0)
        let id = try #require(try await command.items("order", "list").first?["id"] as? String)
        let dry = try await command.run(first + ["--dry-run"])
        #expect(dry.status == 0 && dry.text.contains(id) && dry.error.isEmpty, "\(dry.text) \(dry.error)")
        let other = create + ["www.example.org", "--san", "example.org", "--profile", "Mock OV"] + key
        let repeated = try await command.run(other)
        #expect(repeated.status == 0 && repeated.text.contains(id))
        #expect(repeated.error.contains("\(id)'s") && repeated.error.contains("profile, names"), "\(repeated.error)")
        expect(
            try await command.run(create + ["b.example.org", "--profile", "Mock DV", "--dry-run"] + key), says: id)
        expect(
            try await command.run(create + ["b.example.org", "--profile", "Mock DV", "--order-key", ""]),
            says: "1 to 200 characters", "leave it out")
        #expect(try await command.items("order", "list").count == 1)
    }
}
