// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Orders for requests that other tools made, whose keys are held elsewhere.
struct OwnRequestTests {
    private func ordered(_ command: PublicCACommand, _ file: String) async throws -> Program.Ended {
        try await command.run(
            "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org", "--csr", file)
    }

    private func openssl(_ command: PublicCACommand, _ arguments: String...) async throws {
        let ended = try await Program.tool("openssl", arguments, in: command.folder)
        try #require(ended.status == 0, "\(ended.error)")
    }

    @Test func `requests of openssl in PEM and DER are issued, and take their key in`() async throws {
        let command = try await PublicCACommand.withAccount()
        try await openssl(
            command, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
            "/CN=www.example.org", "-addext", "subjectAltName=DNS:www.example.org,DNS:example.org", "-keyout",
            "own.key", "-out", "own.csr")
        try await openssl(command, "req", "-in", "own.csr", "-outform", "DER", "-out", "own.der")
        let ended = try await ordered(command, "own.csr")
        #expect(ended.status == 0, "\(ended.error)")
        let shown = try await command.json("certificate", "show", "www.example.org")
        #expect(shown["hasPrivateKey"] as? Bool == false)
        #expect(shown["subjectAlternativeNames"] as? [String] == ["www.example.org", "example.org"])
        let id = try #require(shown["id"] as? String)
        #expect(try await command.run("certificate", "export", id, "--with-key").status == 66)

        try await openssl(
            command, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "no.key")
        let foreign = try await command.run("certificate", "attach-key", id, "--key-file", "no.key")
        #expect(foreign.status == 64)
        #expect(try await command.run("certificate", "attach-key", id, "--key-file", "own.key").status == 0)
        #expect(try await command.json("certificate", "show", id)["hasPrivateKey"] as? Bool == true)
        #expect(try await ordered(command, "own.der").status == 0)
    }

    @Test func `a request of keytool is issued`() async throws {
        let command = try await PublicCACommand.withAccount()
        let store = ["-keystore", "own.p12", "-storepass", "changeit", "-alias", "own"]
        let made = try await Program.tool(
            "keytool", ["-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=www.example.org"] + store,
            in: command.folder)
        try #require(made.status == 0, "\(made.text)")
        let asked = try await Program.tool("keytool", ["-certreq", "-file", "own.csr"] + store, in: command.folder)
        try #require(asked.status == 0, "\(asked.text)")
        let ended = try await ordered(command, "own.csr")
        #expect(ended.status == 0, "\(ended.error)")
    }

    @Test func `a request of certtool is issued`() async throws {
        let command = try await PublicCACommand.withAccount()
        try Data("cn = \"www.example.org\"\ndns_name = \"www.example.org\"\n".utf8).write(to: command.file("template"))
        let key = try await Program.tool(
            "certtool", ["--generate-privkey", "--key-type", "ecdsa", "--curve", "secp256r1", "--outfile", "own.key"],
            in: command.folder)
        try #require(key.status == 0, "\(key.error)")
        let asked = try await Program.tool(
            "certtool",
            ["--generate-request", "--load-privkey", "own.key", "--template", "template", "--outfile", "own.csr"],
            in: command.folder)
        try #require(asked.status == 0, "\(asked.error)")
        let ended = try await ordered(command, "own.csr")
        #expect(ended.status == 0, "\(ended.error)")
    }

    @Test func `bad requests are refused before anything is recorded`() async throws {
        let command = try await PublicCACommand.withAccount()
        try Data("not a request".utf8).write(to: command.file("text.csr"))
        try await openssl(
            command, "req", "-new", "-newkey", "rsa:1024", "-nodes", "-subj", "/CN=www.example.org", "-keyout", "k",
            "-out", "weak.csr")
        try await openssl(
            command, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
            "/CN=other.example.org", "-addext", "subjectAltName=DNS:other.example.org", "-keyout", "k", "-out",
            "names.csr")
        try await openssl(command, "req", "-in", "names.csr", "-outform", "DER", "-out", "good.der")
        var broken = try Data(contentsOf: command.file("good.der"))
        broken[broken.count - 1] ^= 1
        try broken.write(to: command.file("signature.csr"))
        for (file, says) in [
            ("text.csr", "request"), ("weak.csr", "rsa-1024"), ("names.csr", "other.example.org"),
            ("signature.csr", "signature"),
        ] {
            let ended = try await ordered(command, file)
            #expect(ended.status == 64, "\(file): \(ended.error)")
            #expect(ended.error.contains(says), "\(file): \(ended.error)")
        }
        #expect(try await command.items("order", "list").isEmpty)
    }
}
