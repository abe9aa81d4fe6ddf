// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct StoryTests {
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
