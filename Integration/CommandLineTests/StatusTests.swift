// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The page that an operator opens first.
struct StatusTests {
    @Test func `what matters most is told first, then health, then what expires when`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        #expect(try await command.order("bad.example.org", profile: "Mock Endless").status == 3)
        try await command.database(
            "update orders set phase = 'stuck', body = replace(body, '\"placed\"', '\"stuck\"') where phase = 'placed'")
        try await command.database("update counts set key = 'stuck' where kind = 'order' and key = 'placed'")
        let text = try await command.run("status").text
        let lines = text.components(separatedBy: "\n")
        #expect(lines.first == "needs a person:", "\(text)")
        #expect(lines.dropFirst().first?.hasPrefix("  critical  ord_") == true, "\(text)")
        #expect(text.contains("            publicca order resolve ord_"), "\(text)")
        let names = lines.drop { !$0.isEmpty }.dropFirst().prefix { !$0.isEmpty }.map { $0.prefix { $0 != " " } }
        #expect(names == ["run", "next", "accounts", "orders", "certificates", "expiring"], "\(text)")
    }

    @Test func `its document has all its keys`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("www.example.org").status == 0)
        _ = try await command.run("account", "pause", "demo")
        let status = try await command.json("status")
        #expect(
            status.keys.sorted() == [
                "attention", "certificates", "expiring", "health", "next", "orders", "weeks",
            ])
        let attention = try #require((status["attention"] as? [[String: Any]])?.first)
        #expect(attention.keys.sorted() == ["hint", "kind", "name", "severity", "since", "subject", "what"])
        #expect(attention["kind"] as? String == "account.paused" && attention["severity"] as? String == "warning")
        let health = try #require(status["health"] as? [String: Any])
        #expect(
            health.keys.sorted() == ["accounts", "channels", "deployments", "lagSeconds", "renewals", "seenAt"])
        #expect((health["accounts"] as? [String: Int]) == ["total": 1, "working": 0])
        #expect((status["weeks"] as? [[String: Any]])?.count == 12)
    }

    @Test func `weeks in which something ends have bars, the longest for the most`() async throws {
        let command = try await PublicCACommand.withAccount()
        for (name, term) in [("a", "47"), ("b", "47"), ("c", "100")] {
            #expect(try await command.order("\(name).example.org", "--term", term).status == 0)
        }
        let text = try await command.run("status").text
        let rows =
            text.components(separatedBy: "expiring in the week from\n").last?
            .split(separator: "\n").map(String.init) ?? []
        #expect(rows.count == 12, "\(text)")
        #expect(
            rows.filter { $0.contains("#") }.count == 1
                && rows[6].hasSuffix("  2  " + String(repeating: "#", count: 50)))
        #expect(rows.allSatisfy { $0.count <= 80 && $0.utf8.count == $0.count })
        #expect(rows.first?.wholeMatch(of: /\s+\d{4}-\d\d-\d\d\s+0/) != nil, "\(text)")
    }

    @Test func `nothing is shown of channels where nobody is told`() async throws {
        let command = try PublicCACommand()
        #expect(try await command.run("notify", "list").text.hasPrefix("nothing yet; name whom to tell"))
        let unknown = try await command.run("notify", "test", "ops")
        #expect(unknown.status == 66 && unknown.error.contains("there is no channel \"ops\""), "\(unknown.error)")
    }
}
