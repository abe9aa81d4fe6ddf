// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct StoryTests {
    @Test func `the six lines of the README work one after the other`() async throws {
        let command = try PublicCACommand()
        let lines: [[String]] = [
            ["account", "add", "demo", "--provider", "mock"],
            ["order", "create", "--account", "demo", "--profile", "Mock DV", "--name", "www.example.org", "--wait"],
            ["certificate", "list"],
            [
                "certificate", "reissue", "www.example.org", "--san", "example.org", "--reason", "second name",
                "--wait",
            ],
            [
                "certificate", "revoke", "www.example.org", "--reason", "superseded", "--comments", "moved", "--yes",
            ],
            ["journal", "www.example.org"],
        ]
        for line in lines {
            let ended = try await command.run(line)
            #expect(ended.status == 0, "\(line): \(ended.error)")
            #expect(!ended.text.isEmpty, "\(line)")
            #expect(!ended.error.contains("error:") && !ended.error.contains("warning:"), "\(ended.error)")
        }
        let certificates = try await command.items("certificate", "list")
        #expect(certificates.map { $0["state"] as? String } == ["valid", "revoked"])
        #expect(certificates.first?["successor"] as? String == certificates.last?["id"] as? String)
        #expect(certificates.last?["subjectAlternativeNames"] as? [String] == ["www.example.org", "example.org"])
        #expect(certificates.last?["revocationReason"] as? String == "superseded")
    }

    @Test func `a renewal makes a successor that the common name leads to`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let first = try await command.json("certificate", "show", "www.example.org")
        let renewal = try await command.json("certificate", "renew", "www.example.org", "--same-key")
        #expect(renewal["kind"] as? String == "renewal")
        let second = try await command.json("certificate", "show", "www.example.org")
        #expect(second["id"] as? String == renewal["certificate"] as? String)
        #expect(second["id"] as? String != first["id"] as? String)
        #expect(second["publicKeySha256"] as? String == first["publicKeySha256"] as? String)
        #expect(second["serialNumber"] as? String != first["serialNumber"] as? String)
        let again = try await command.run("certificate", "renew", try #require(first["id"] as? String))
        #expect(again.status == 1)
        #expect(again.error.contains("has a successor already"))
    }

    @Test func `what was deleted here stays deleted after an import until it is wanted again`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let before = try await command.json("order", "import", "--account", "demo")
        #expect((before["new"] as? Int ?? 0) > 0)
        let deleted = try await command.run("certificate", "delete", "www.example.org", "--yes")
        #expect(deleted.status == 0)
        #expect(deleted.text.contains("the CA's record stays"))
        #expect(try await command.run("certificate", "show", "www.example.org").status == 66)
        let after = try await command.json("order", "import", "--account", "demo")
        #expect(after["deletedHere"] as? Int == 1)
        #expect(after["new"] as? Int == 0)
        let again = try await command.json("order", "import", "--account", "demo", "--again")
        #expect(again["new"] as? Int == 1)
        #expect(try await command.run("certificate", "show", "www.example.org").status == 0)
    }

    @Test func `a dry run of an import counts and writes nothing`() async throws {
        let command = try await PublicCACommand.withAccount()
        let preview = try await command.json("order", "import", "--account", "demo", "--dry-run")
        #expect((preview["new"] as? Int ?? 0) > 0)
        #expect(try await command.items("order", "list").isEmpty)
    }

    @Test func `the journal binds its lines, and says so`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let verified = try await command.json("journal", "--verify")
        let lines = try await command.items("journal")
        #expect(verified["lines"] as? Int == lines.count)
        #expect(verified["hash"] as? String == lines.last?["hash"] as? String)

        try await command.database("update journal set detail = 'nothing' where sequence = 3")
        let changed = try await command.run("journal", "--verify")
        #expect(changed.status == 1)
        #expect(changed.error.contains("broken at line 3"), "\(changed.error)")
        try await command.database("delete from journal where sequence = 2")
        #expect(try await command.run("journal", "--verify").error.contains("broken at line 2"))
    }
}
