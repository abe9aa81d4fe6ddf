// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct CapacityTests {
    @Test func `a full inventory is told where the order is, and what to do`() async throws {
        let command = try await PublicCACommand.withAccount()
        try Data("inventory: {limit: 1}\n".utf8).write(to: command.home.appendingPathComponent("config.yaml"))
        #expect(try await command.order("a.example.org").status == 0)
        let waiting = try await command.order("b.example.org")
        #expect(waiting.status == 3)
        #expect(waiting.error.contains("warning: ") && waiting.error.contains("the inventory is full, its limit is 1"))
        #expect(waiting.error.contains("inventory.limit"))
        #expect(
            try await command.json("order", "show", "b.example.org")["problem"] as? String == "the inventory is full")
        let listed = try await command.items("order", "list", "--state", "awaitingCapacity")
        #expect(listed.first?["problem"] as? String == "the inventory is full")
        let status = try await command.run("status")
        #expect(status.text.hasPrefix("needs a person:"))
        #expect(status.text.contains("1 issued certificate waits") && status.text.contains("certificate delete"))
    }

    @Test(arguments: ["bücher.*", "BÜCHER.example.org", "*.example.org", "xn--bcher-*"])
    func `lists find international names as people write them`(_ pattern: String) async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("bücher.example.org").status == 0)
        for thing in ["order", "certificate"] {
            #expect(try await command.items(thing, "list", "--name", pattern).count == 1, "\(thing)")
        }
    }
}
