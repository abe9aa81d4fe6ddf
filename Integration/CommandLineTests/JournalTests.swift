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

    @Test func `a line that is not what was written is named, and nothing is hidden behind it`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let count = try await command.items("journal").count
        #expect(try await command.run("journal", "--checkpoint", "point.json").status == 0)
        #expect(try await command.run("journal", "--against", "point.json").status == 0)
        try await command.database("UPDATE journal SET detail = detail || '.' WHERE sequence = 2")
        let changed = try await command.run("journal", "--verify")
        #expect(changed.status == 1 && changed.error.contains("line 2"), "\(changed.error)")
        try await command.database("UPDATE journal SET actor = 'robot' WHERE sequence = 1")
        let unreadable = try await command.run("journal", "--verify")
        #expect(unreadable.status == 1 && unreadable.error.contains("line 1:"), "\(unreadable.error)")
        let listed = try await command.run("journal", "--json")
        #expect(listed.status == 74 && listed.error.contains("journal line 1"), "\(listed.error)")
        let document = try JSONSerialization.jsonObject(with: listed.output) as? [String: Any]
        #expect((document?["items"] as? [Any])?.count == count)
    }

    @Test func `a journal is compared with a line that somebody kept`() async throws {
        let command = try await PublicCACommand.withAccount()
        let file = command.file("point.json")
        let hash = String(repeating: "0", count: 64)
        try Data(#"{"sequence": 1, "hash": "\#(hash)", "at": "2026-01-01T00:00:00Z"}"#.utf8).write(to: file)
        let other = try await command.run("journal", "--against", file.path)
        #expect(other.status == 1 && other.error.contains("line 1 "), "\(other.error)")
        try Data("{}".utf8).write(to: file)
        #expect(try await command.run("journal", "--against", file.path).status == 64)
        #expect(try await command.run("journal", "--against", "nowhere.json").status == 66)
    }

    @Test func `what a CA said can be recomputed from what is here`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        let lines = try await command.items("journal")
        let order = try #require(try await command.items("order", "list").first)
        let reference = try #require(order["reference"] as? String)
        let placed = try #require(lines.first { $0["event"] as? String == "placed" })
        #expect(placed["answer"] as? String == (try await sha256(Data(reference.utf8), command)))
        let exported = try await command.run("certificate", "export", "www.example.org", "--format", "pem")
        let blocks = exported.text.components(separatedBy: "-----BEGIN CERTIFICATE-----\n").dropFirst()
        let chain = try blocks.map { block in
            let base64 = block.components(separatedBy: "\n-----END")[0].filter { $0 != "\n" }
            return try #require(Data(base64Encoded: base64))
        }
        let completed = try #require(lines.first { $0["event"] as? String == "completed" })
        #expect(chain.count > 1)
        #expect(completed["answer"] as? String == (try await sha256(Data(chain.joined()), command)))
        #expect(lines.contains { $0["answer"] is NSNull })
    }

    private func sha256(_ bytes: Data, _ command: PublicCACommand) async throws -> String {
        let file = command.file("bytes")
        try bytes.write(to: file)
        let ended = try await Program.tool("openssl", ["dgst", "-sha256", "-r", file.path])
        return try #require(ended.text.split(separator: " ").first.map(String.init))
    }
}
