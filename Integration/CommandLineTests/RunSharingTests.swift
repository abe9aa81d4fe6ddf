// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Services that are told to stop, that are killed, and that share a home.
struct RunSharingTests {
    /// Orders that wait for their account to go on, and how many the CA knew before.
    private func command(waiting count: Int, _ settings: String...) async throws -> (PublicCACommand, known: Int) {
        let command = try await PublicCACommand.withAccount()
        let known = try await listed(command)
        let changes = settings.flatMap { ["--set", $0] }
        if !changes.isEmpty { #expect(try await command.run(["account", "set", "demo"] + changes).status == 0) }
        #expect(try await command.run("account", "pause", "demo").status == 0)
        for number in 1...count {
            let ended = try await command.order("n\(number).example.org")
            #expect(ended.status == 3, "\(ended.error)")
        }
        return (command, known)
    }

    private func listed(_ command: PublicCACommand) async throws -> Int {
        try #require(try await command.json("order", "import", "--account", "demo", "--dry-run")["listed"] as? Int)
    }

    private let completed = "SELECT count(*) FROM orders WHERE phase = 'completed'"
    private let submitting = "SELECT count(*) FROM orders WHERE phase = 'submitting'"

    @Test func `it stops with 50 orders on their way, loses none, and another goes on at once`() async throws {
        let (command, known) = try await command(
            waiting: 50, "mischief=accept-and-hang:4", "settle-time=1s", "write-deadline=10m")
        let ended = try await command.serving { _ in
            #expect(try await command.run("account", "resume", "demo").status == 0)
            // The others are done while these wait for an answer that never comes.
            try await command.until { try await command.number(submitting) >= 4 }
        }
        #expect(ended.status == 0 && !ended.wasKilled)
        #expect(try await command.number("SELECT count(*) FROM work WHERE until IS NOT NULL") == 0)
        #expect(try await command.number(completed) < 50)
        let other = try await command.serving { _ in
            try await command.until { try await command.number(completed) == 50 }
        }
        #expect(other.status == 0)
        #expect(try await listed(command) == known + 50)
        #expect(try await command.run("journal", "--verify").status == 0)
    }

    @Test func `when one is killed, another goes on with its work as soon as the leases end`() async throws {
        let (command, known) = try await command(waiting: 6, "mischief=accept-and-hang:6", "settle-time=1s")
        let killed = try await command.serving(signal: SIGKILL) { _ in
            #expect(try await command.run("account", "resume", "demo").status == 0)
            try await command.until { try await command.number(submitting) == 6 }
        }
        #expect(killed.wasKilled)
        let leased = "SELECT count(*) FROM work WHERE until IS NOT NULL"
        #expect(try await command.number(leased) == 6)
        #expect(try await command.run("run", "--once").status == 0)
        #expect(try await command.number(leased) == 6)
        // Two minutes later.
        try await command.database("UPDATE work SET until = 1, due = 1 WHERE until IS NOT NULL")
        _ = try await command.serving { _ in try await command.until { try await command.number(completed) == 6 } }
        #expect(try await listed(command) == known + 6)
    }

    @Test func `two share 100 orders, and buy each once`() async throws {
        let (command, known) = try await command(waiting: 100)
        let ended = try await command.serving(as: "first") { _ in
            let second = try await command.serving(as: "second") { _ in
                #expect(try await command.run("account", "resume", "demo").status == 0)
                try await command.until { try await command.number(completed) == 100 }
            }
            #expect(second.status == 0)
        }
        #expect(ended.status == 0)
        #expect(try await listed(command) == known + 100)
        // Where it begins, where it ends, and nothing amiss in between.
        let lines = try command.said("first").split(separator: "\n")
        #expect(lines.count == 2 && lines[0].contains("running;") && lines[1].contains("stopped;"), "\(lines)")
    }

    @Test func `the second signal ends it at once`() async throws {
        let (command, _) = try await command(waiting: 1, "mischief=accept-and-hang:1")
        let ended = try await command.serving { process in
            #expect(try await command.run("account", "resume", "demo").status == 0)
            try await command.until { try await command.number(submitting) == 1 }
            // The first; the second follows.
            kill(process, SIGINT)
        }
        #expect(ended.status == 3 && !ended.wasKilled)
        #expect(try await command.number(submitting) == 1)
    }
}
