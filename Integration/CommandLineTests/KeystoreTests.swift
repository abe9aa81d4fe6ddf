// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct KeystoreTests {
    private static let password = ["PASSWORD": "correct horse"]

    private func ordered(_ format: String) async throws -> PublicCACommand {
        let command = try await PublicCACommand.withAccount(environment: Self.password)
        let ended = try await command.order(
            "www.example.org", "--keystore", format, "--keystore-password", "env:PASSWORD")
        try #require(ended.status == 0, "\(ended.error)")
        return command
    }

    @Test func `a PKCS12 keystore is exported as ordered, and openssl opens it with its password alone`() async throws {
        let command = try await ordered("pkcs12")
        let exported = try await command.json("certificate", "export", "www.example.org", "--out", "www.p12")
        #expect(exported["format"] as? String == "pkcs12")
        #expect(exported["withPrivateKey"] as? Bool == true)
        let path = command.file("www.p12").path
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let opened = try await Program.tool(
            "openssl", ["pkcs12", "-in", path, "-nodes", "-passin", "pass:correct horse"])
        #expect(opened.status == 0, "\(opened.error)")
        #expect(opened.text.contains("PRIVATE KEY") && opened.text.contains("www.example.org"))
        let refused = try await Program.tool("openssl", ["pkcs12", "-in", path, "-nodes", "-passin", "pass:wrong"])
        #expect(refused.status != 0)
    }

    @Test func `the successor is exported like its predecessor`() async throws {
        let command = try await ordered("jks")
        #expect(try await command.run("certificate", "renew", "www.example.org").status == 0)
        #expect(try await command.run("certificate", "export", "www.example.org", "--out", "www.jks").status == 0)
        let path = command.file("www.jks").path
        let listed = try await Program.tool(
            "keytool", ["-list", "-keystore", path, "-storepass", "correct horse", "-storetype", "JKS"])
        #expect(listed.status == 0, "\(listed.text)")
        #expect(listed.text.contains("PrivateKeyEntry"))
        let refused = try await Program.tool("keytool", ["-list", "-keystore", path, "-storepass", "wrong!"])
        #expect(refused.status != 0)
    }

    @Test func `the exported key is the leaf's, and the chain verifies`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org", "--san", "192.0.2.7").status == 0)
        let shown = try await command.run("certificate", "export", "www.example.org", "--with-key")
        #expect(shown.status == 0)
        try shown.output.write(to: command.file("all.pem"))
        let leafKey = try await Program.tool(
            "openssl", ["x509", "-in", "all.pem", "-noout", "-pubkey"], in: command.folder)
        let ownKey = try await Program.tool("openssl", ["pkey", "-in", "all.pem", "-pubout"], in: command.folder)
        #expect(leafKey.text == ownKey.text && !leafKey.text.isEmpty)

        let blocks = shown.text.components(separatedBy: "-----BEGIN CERTIFICATE-----").dropFirst()
            .map { "-----BEGIN CERTIFICATE-----" + $0 }
        #expect(blocks.count >= 2)
        try Data(blocks[0].utf8).write(to: command.file("leaf.pem"))
        try Data(blocks.dropFirst().joined().utf8).write(to: command.file("chain.pem"))
        let verified = try await Program.tool(
            "openssl", ["verify", "-partial_chain", "-CAfile", "chain.pem", "leaf.pem"], in: command.folder)
        #expect(verified.status == 0, "\(verified.error)")
        let names = try await Program.tool(
            "openssl", ["x509", "-in", "leaf.pem", "-noout", "-ext", "subjectAltName"], in: command.folder)
        #expect(names.text.contains("DNS:www.example.org, IP Address:192.0.2.7"))
    }

    @Test func `every other format is what it says`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        for (format, reads) in [
            ("pem", ["x509", "-noout", "-subject", "-in"]),
            ("der", ["x509", "-inform", "DER", "-noout", "-subject", "-in"]),
            ("pkcs7", ["pkcs7", "-print_certs", "-in"]),
        ] {
            let ended = try await command.run(
                "certificate", "export", "www.example.org", "--format", format, "--out", "it")
            #expect(ended.status == 0, "\(ended.error)")
            let read = try await Program.tool("openssl", reads + ["it"], in: command.folder)
            #expect(read.text.contains("www.example.org"), "\(format): \(read.error)")
            #expect(!(try Data(contentsOf: command.file("it"))).contains(Data("PRIVATE KEY".utf8)))
        }
    }

    @Test func `an export into a device leaves the device`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        // A link of our own, so that a mistake costs no more than that.
        let link = command.file("null").path
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/null")
        #expect(try await command.run("certificate", "export", "www.example.org", "--out", "null").status == 0)
        let attributes = try FileManager.default.attributesOfItem(atPath: link)
        #expect(attributes[.type] as? FileAttributeType == .typeSymbolicLink)
    }

    @Test func `what makes no sense is refused`() async throws {
        let command = try await PublicCACommand.withAccount(environment: Self.password)
        #expect(try await command.order("www.example.org").status == 0)
        let wrong: [[String]] = [
            ["--format", "pkcs12", "--out", "x"], ["--format", "der", "--with-key", "--out", "x"],
            ["--format", "p12", "--out", "x"], ["--format", "pem", "--password", "env:PASSWORD", "--out", "x"],
            ["--json"],
        ]
        for arguments in wrong {
            let ended = try await command.run(["certificate", "export", "www.example.org"] + arguments)
            #expect(ended.status == 64, "\(arguments): \(ended.error)")
            #expect(ended.output.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: command.file("x").path))
    }

    @Test func `a generated password is shown once, and works`() async throws {
        let command = try await PublicCACommand.withAccount()
        let arguments = ["www.example.org", "--keystore", "pkcs12", "--order-key", "k", "--json"]
        let first = try await command.order(
            arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], "--keystore-password",
            "generate")
        let document = try JSONSerialization.jsonObject(with: first.output) as? [String: Any]
        let password = try #require(document?["keystorePassword"] as? String)
        let second = try await command.order(
            arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5], "--keystore-password",
            "generate")
        #expect(second.status == 0 && !second.text.contains("keystorePassword"))
        #expect(try await command.run("certificate", "export", "www.example.org", "--out", "www.p12").status == 0)
        let opened = try await Program.tool(
            "openssl", ["pkcs12", "-in", "www.p12", "-noout", "-passin", "pass:\(password)"], in: command.folder)
        #expect(opened.status == 0, "\(opened.error)")
    }
}
