// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Several processes on one home, and processes that are killed.
struct SharingTests {
    @Test func `two processes at once order everything once`() async throws {
        let command = try await PublicCACommand.withAccount()
        let names = (1...20).map { "n\($0).example.org" }
        let known = try await command.json("order", "import", "--account", "demo", "--dry-run")["listed"] as? Int
        // Both are given the same keys: whoever comes second finds the first one's order.
        let failures = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 1...2 {
                group.addTask {
                    var failures: [String] = []
                    for name in names {
                        let ended = try await command.order(name, "--order-key", name, "--wait", "60")
                        if ended.status != 0 {
                            failures.append("\(name): \(ended.status) \(ended.text) \(ended.error)")
                        }
                    }
                    return failures
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(failures.isEmpty, "\(failures)")
        let orders = try await command.items("order", "list")
        #expect(orders.count == names.count)
        #expect(Set(orders.compactMap { $0["reference"] as? String }).count == names.count)
        let after = try await command.json("order", "import", "--account", "demo", "--dry-run")["listed"] as? Int
        #expect(after == (known ?? 0) + names.count)
        #expect(try await command.run("journal", "--verify").status == 0)
    }

    @Test func `a kill at any moment leaves a home that the next command opens, and no order twice`() async throws {
        let command = try await PublicCACommand.withAccount()
        let known = try await command.json("order", "import", "--account", "demo", "--dry-run")["listed"] as? Int
        let began = ContinuousClock.now
        #expect(try await command.order("whole.example.org", "--order-key", "whole").status == 0)
        let whole = ContinuousClock.now - began
        let names = (1...12).map { "k\($0).example.org" }
        for (index, name) in names.enumerated() {
            let arguments = [
                "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", name, "--key", "ec-p256",
                "--order-key", name,
            ]
            // From the first instruction to the last answer, one moment after the other.
            try await command.run(arguments, killedAfter: whole * index / names.count)
            let opened = try await command.run("order", "list")
            #expect(opened.status == 0, "\(opened.error)")
        }
        for name in names {
            // What a killed process was at is left to it until its lease ends: then the order is on its way.
            let again = try await command.order(name, "--order-key", name)
            #expect([0, 3].contains(again.status), "\(name): \(again.text) \(again.error)")
        }
        #expect(try await command.items("order", "list").count == names.count + 1)
        let after = try await command.json("order", "import", "--account", "demo", "--dry-run")["listed"] as? Int
        #expect((after ?? 0) <= (known ?? 0) + names.count + 1)
        #expect(try await command.run("journal", "--verify").status == 0)
    }
}
