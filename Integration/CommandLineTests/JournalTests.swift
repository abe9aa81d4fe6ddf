// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct JournalTests {
    private func subjects(_ command: PublicCACommand, _ named: String) async throws -> Set<String?> {
        Set(try await command.items("journal", named).map { $0["subject"] as? String })
    }

    @Test func `ids work by their beginning, also of what was deleted here`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let revoking = ["certificate", "revoke", "www.example.org", "--reason", "superseded", "--comments", "moved"]
        #expect(try await command.run(revoking + ["--yes"]).status == 0)
        let order = try #require(try await command.items("order", "list").first)
        let ids = [
            try #require(order["id"] as? String), try #require(order["certificate"] as? String),
            try #require(
                try await command.items("journal").compactMap { $0["subject"] as? String }.first {
                    $0.hasPrefix("rev_")
                }),
        ]
        // A certificate that nothing has happened to has no line yet.
        for id in ids { #expect(try await subjects(command, String(id.dropLast(4))).isSubset(of: [id])) }
        #expect(try await command.run("order", "delete", ids[0], "--yes").status == 0)
        for id in ids { #expect(try await subjects(command, String(id.dropLast(4))) == [id]) }
        #expect(try await command.run("account", "remove", "demo", "--yes").status == 0)
        #expect(try await subjects(command, "demo") == ["demo"])
    }

    @Test func `what the journal does not tell of is not found`() async throws {
        let command = try await PublicCACommand.withAccount()
        for unknown in ["ord_01zz", "crt_01zz", "rev_01zz", "imp_01zz", "mgd_01zz", "nowhere.example.org", "dmo"] {
            let ended = try await command.run("journal", unknown)
            #expect(ended.status == 66, "\(unknown): \(ended.error)")
            #expect(ended.error.contains(unknown))
        }
        #expect(try await command.run("journal", "").status == 64)
        for name in ["a", "b"] { #expect(try await command.order("\(name).example.org").status == 0) }
        #expect(try await command.run("journal", "ord_").status == 64)
    }
}
