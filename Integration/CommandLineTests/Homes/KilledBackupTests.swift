// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A backup and a restore that are killed, one moment of their lives after the other.
struct KilledBackupTests {
    private static let moments = 12

    /// How long it takes when nobody kills it.
    private func duration(_ body: () async throws -> Void) async throws -> Duration {
        let began = ContinuousClock.now
        try await body()
        return ContinuousClock.now - began
    }

    @Test func `a backup that is killed is not there, or whole`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("a.example.org").status == 0)
        let whole = try await duration { _ = try await command.backUp("first.sqlite") }
        for moment in 0..<Self.moments {
            let path = command.file("kept-\(moment).sqlite").path
            try await command.run(["backup", path], killedAfter: whole * moment / Self.moments)
            guard FileManager.default.fileExists(atPath: path) else { continue }
            try await command.lose()
            try await command.restore(URL(fileURLWithPath: path))
        }
        #expect(try await command.run("doctor").status == 0)
        #expect(try await command.items("order", "list").count == 1)
    }

    @Test func `a restore that is killed leaves no database, or a whole one that doubts`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("a.example.org").status == 0)
        let backup = try await command.backUp()
        try await command.lose()
        let whole = try await duration { _ = try await command.restore(backup) }
        for moment in 0..<Self.moments {
            try await command.lose()
            try await command.run(["restore", backup.path], killedAfter: whole * moment / Self.moments)
            let database = command.home.appendingPathComponent("publicca.sqlite").path
            if !FileManager.default.fileExists(atPath: database) {
                // What the killed one was writing is in nobody's way.
                try await command.restore(backup)
            }
            #expect(try await command.run("doctor").status == 0)
            #expect(try await command.items("order", "list").count == 1)
            #expect(try await command.attention("account.behind").count == 1)
        }
    }
}
