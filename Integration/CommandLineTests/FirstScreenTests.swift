// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// README's first screen, and the exit codes that scripts rely on.
struct FirstScreenTests {
    @Test func `the lines of the README work one after the other`() async throws {
        let readme = try PublicCACommand.document("README.md")
        let lines = readme.components(separatedBy: "\n").filter { $0.hasPrefix("publicca ") }
        #expect(lines.count == 6)
        let command = try PublicCACommand()
        for line in lines {
            let ended = try await command.shell(line)
            #expect(ended.status == 0 && !ended.text.isEmpty, "\(line): \(ended.text)")
            #expect(!ended.text.contains("error:") && !ended.text.contains("warning:"), "\(ended.text)")
        }
        let certificates = try await command.items("certificate", "list")
        #expect(certificates.map { $0["state"] as? String } == ["valid", "revoked"])
        #expect(certificates.first?["successor"] as? String == certificates.last?["id"] as? String)
        #expect(certificates.last?["subjectAlternativeNames"] as? [String] == ["www.example.org", "example.org"])
        #expect(certificates.last?["revocationReason"] as? String == "superseded")
    }

    @Test func `a pending order exits 3, and is finished by asking again`() async throws {
        let command = try PublicCACommand()
        try await command.run("account", "add", "demo", "--provider", "mock")
        #expect(
            try await command.run(
                "order", "create", "--account", "demo", "--profile", "Mock OV", "--name", "a.example.org"
            ).status
                == 3)
        var codes: [Int32] = []
        for _ in 0..<5 where codes.last != 0 {
            codes.append(try await command.run("order", "check", "a.example.org").status)
        }
        #expect(codes.last == 0 && codes.first == 3)
    }

    @Test(arguments: [
        (["--name", "not a name"], "space"), (["--name", "a.example.org", "--term", "365"], "term 365"),
        (["--name", "a.example.org", "--key", "rsa-1024"], "rsa-1024"),
        (["--name", "a.example.org", "--requester-email", "ann"], "e-mail"),
        (["--name", "a.example.org", "--san", "b.example.org", "--san", "b.example.org"], "twice"),
        (["--name", "a.example.org", "--comments", String(repeating: "x", count: 1025)], "1025"),
    ])
    func `bad input is one line, exit 64, and leaves nothing`(_ arguments: [String], _ reason: String) async throws {
        let command = try PublicCACommand()
        try await command.run("account", "add", "demo", "--provider", "mock")
        let order = try await command.run(["order", "create", "--account", "demo", "--profile", "Mock DV"] + arguments)
        #expect(order.status == 64)
        #expect(order.error.contains(reason), "\(order.error)")
        #expect(order.error.split(separator: "\n").count == 1)
        #expect(try await command.run("order", "list").text.contains("nothing yet"))
    }

    @Test func `a wrong password is refused with 77 and adds nothing`() async throws {
        let command = try PublicCACommand()
        let account = try await command.run(
            "account", "add", "demo", "--provider", "mock", "--secret", "password=env:WRONG",
            environment: ["WRONG": "canary-4711"])
        #expect(account.status == 77)
        #expect(!account.error.contains("canary-4711"))
        #expect(try await command.run("account", "list").text.contains("nothing yet"))
    }

    @Test func `destroying without a terminal wants to be told so`() async throws {
        let command = try PublicCACommand()
        try await command.run("account", "add", "demo", "--provider", "mock")
        #expect(try await command.run("account", "remove", "demo").status == 64)
        #expect(try await command.run("account", "remove", "demo", "--yes").status == 0)
        #expect(try await command.run("account", "show", "demo").status == 66)
    }
}
