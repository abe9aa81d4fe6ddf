// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct BadInputTests {
    /// What is wrong, how it is asked for, and a word that the message must have.
    struct Wrong: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let says: String
        var testDescription: String { says }

        init(_ says: String, _ arguments: String...) {
            self.says = says
            self.arguments = arguments
        }
    }

    private static let tooMany = (1...101).flatMap { ["--san", "n\($0).example.org"] }

    static let orders: [Wrong] = [
        Wrong("name", "--name", ""),
        Wrong("too long", "--name", String(repeating: "a", count: 60) + ".example.org"),
        Wrong("domain name", "--name", "not a domain"),
        Wrong("full domain name", "--name", "localhost"),
        Wrong("\"www.*.example.org\"", "--name", "www.*.example.org"),
        Wrong("twice", "--name", "www.example.org", "--san", "a.example.org", "--san", "a.example.org"),
        Wrong("did you mean \"Mock DV\"", "--name", "www.example.org", "--profile", "Mok DV"),
        Wrong("did you mean \"Example Company\"", "--name", "www.example.org", "--organization", "Exampl Company"),
        Wrong("choose --term 199", "--name", "www.example.org", "--term", "365"),
        Wrong("rsa-1024", "--name", "www.example.org", "--key", "rsa-1024"),
        Wrong("1024 is the most", "--name", "www.example.org", "--comments", String(repeating: "c", count: 1025)),
        Wrong("not an e-mail address", "--name", "www.example.org", "--requester-email", "nobody"),
        Wrong("needs a password", "--name", "www.example.org", "--keystore", "pkcs12"),
        Wrong("no keystore format", "--name", "www.example.org", "--keystore", "p12"),
        Wrong("not encrypted", "--name", "www.example.org", "--keystore", "pem", "--keystore-password", "env:HOME"),
        Wrong(
            "not written on the command line", "--name", "www.example.org", "--keystore", "jks",
            "--keystore-password", "verysecret"),
        Wrong("registrationNumber", "--name", "www.example.org", "--profile", "Mock EV"),
        Wrong("has no field", "--name", "www.example.org", "--field", "colour=red"),
        Wrong("an equals sign", "--name", "www.example.org", "--field", "colour"),
        Wrong("--name is missing"),
        Wrong("not a number", "--name", "www.example.org", "--term", "many"),
    ]

    @Test func `a bad order is refused with one clear line, and nothing is recorded`() async throws {
        let command = try await PublicCACommand.withAccount()
        let before = try await command.items("journal").count
        for wrong in Self.orders {
            var arguments = ["order", "create", "--account", "demo"] + wrong.arguments
            if !wrong.arguments.contains("--profile") { arguments += ["--profile", "Mock DV"] }
            let ended = try await command.run(arguments)
            #expect(ended.status == 64, "\(wrong.says): \(ended.error)")
            #expect(ended.text.isEmpty, "\(wrong.says)")
            #expect(ended.error.hasPrefix("error: "), "\(ended.error)")
            #expect(ended.error.split(separator: "\n").count == 1, "\(ended.error)")
            #expect(!ended.error.contains("verysecret"))
            if wrong.says != "not a number" {
                #expect(ended.error.contains(wrong.says), "\(wrong.says) is not in: \(ended.error)")
            }
        }
        let many = try await command.run(
            ["order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org"] + Self.tooMany
        )
        #expect(many.status == 64)
        #expect(many.error.contains("102 names") && many.error.contains("allows 100"))
        #expect(try await command.items("order", "list").isEmpty)
        #expect(try await command.items("journal").count == before)
    }

    @Test func `everything that is wrong with one order is said at once`() async throws {
        let command = try await PublicCACommand.withAccount()
        let ended = try await command.order(
            "www.example.org", "--term", "365", "--requester-email", "nobody", profile: "Mock DV")
        #expect(ended.status == 64)
        #expect(ended.error.contains("term 365") && ended.error.contains("nobody"))
    }

    @Test func `a comment of 1024 characters passes, also one that begins with a dash`() async throws {
        let command = try await PublicCACommand.withAccount()
        let comments = "-v" + String(repeating: "c", count: 1022)
        #expect(try await command.order("www.example.org", "--comments", comments).status == 0)
        let order = try await command.json("order", "show", "www.example.org")
        #expect(order["comments"] as? String == comments)
    }

    @Test func `missing files and things end with 66`() async throws {
        let command = try await PublicCACommand.withAccount()
        let missing: [[String]] = [
            [
                "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org", "--csr",
                "no",
            ],
            [
                "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org",
                "--keystore", "jks", "--keystore-password", "file:nowhere",
            ],
            ["order", "create", "--account", "dmo", "--profile", "Mock DV", "--name", "www.example.org"],
            ["account", "set", "demo", "--secret", "password=file:nowhere"],
            ["order", "show", "ord_0000"], ["order", "show", "www.example.org"],
            ["certificate", "show", "crt_0000"], ["certificate", "export", "www.example.org"],
            ["provider", "show", "mok"], ["catalog", "profiles", "--account", "dmo"],
            ["catalog", "domains", "--account", "demo", "--organization", "Exampel"],
        ]
        for arguments in missing {
            let ended = try await command.run(arguments)
            #expect(ended.status == 66, "\(arguments): \(ended.error)")
        }
        #expect(try await command.items("order", "list").isEmpty)
    }

    @Test func `nothing is destroyed without being asked`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let order = try #require(try await command.items("order", "list").first?["id"] as? String)
        let destroying: [[String]] = [
            ["certificate", "revoke", "www.example.org", "--reason", "superseded", "--comments", "moved"],
            ["certificate", "delete", "www.example.org"], ["order", "delete", order], ["account", "remove", "demo"],
        ]
        let before = try await command.items("journal").count
        for arguments in destroying {
            let ended = try await command.run(arguments)
            #expect(ended.status == 64, "\(arguments): \(ended.error)")
            #expect(ended.error.contains("--yes"))
        }
        #expect(try await command.items("journal").count == before)
        #expect(try await command.items("certificate", "list").first?["state"] as? String == "valid")
    }
}
