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

    @Test func `a pending order exits 3, and is finished by asking again`() throws {
        let line = CommandLine()
        defer { line.remove() }
        _ = try line.run("account", "add", "demo", "--provider", "mock")
        #expect(
            try line.run("order", "create", "--account", "demo", "--profile", "Mock OV", "--name", "a.example.org").code
                == 3)
        var codes: [Int32] = []
        for _ in 0..<5 where codes.last != 0 { codes.append(try line.run("order", "check", "a.example.org").code) }
        #expect(codes.last == 0 && codes.first == 3)
    }

    @Test(arguments: [
        (["--name", "not a name"], "space"), (["--name", "a.example.org", "--term", "365"], "term 365"),
        (["--name", "a.example.org", "--key", "rsa-1024"], "rsa-1024"),
        (["--name", "a.example.org", "--requester-email", "ann"], "e-mail"),
        (["--name", "a.example.org", "--san", "b.example.org", "--san", "b.example.org"], "twice"),
        (["--name", "a.example.org", "--comments", String(repeating: "x", count: 1025)], "1025"),
    ])
    func `bad input is one line, exit 64, and leaves nothing`(_ arguments: [String], _ reason: String) throws {
        let line = CommandLine()
        defer { line.remove() }
        _ = try line.run("account", "add", "demo", "--provider", "mock")
        let order = try line.run(["order", "create", "--account", "demo", "--profile", "Mock DV"] + arguments)
        #expect(order.code == 64)
        #expect(order.errors.contains(reason), "\(order.errors)")
        #expect(order.errors.split(separator: "\n").count == 1)
        #expect(try line.run("order", "list").output.contains("nothing yet"))
    }

    @Test func `a wrong password is refused with 77 and adds nothing`() throws {
        let line = CommandLine()
        defer { line.remove() }
        let account = try line.run(
            "account", "add", "demo", "--provider", "mock", "--secret", "password=env:WRONG",
            environment: ["WRONG": "canary-4711"])
        #expect(account.code == 77)
        #expect(!account.errors.contains("canary-4711"))
        #expect(try line.run("account", "list").output.contains("nothing yet"))
    }

    @Test func `destroying without a terminal wants to be told so`() throws {
        let line = CommandLine()
        defer { line.remove() }
        _ = try line.run("account", "add", "demo", "--provider", "mock")
        #expect(try line.run("account", "remove", "demo").code == 64)
        #expect(try line.run("account", "remove", "demo", "--yes").code == 0)
        #expect(try line.run("account", "show", "demo").code == 66)
    }
}
