// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// `key rotate`, and what can happen to it.
struct KeyRotationTests {
    private func keyFile(_ command: PublicCACommand) throws -> [String] {
        try String(contentsOf: command.home.appendingPathComponent("master.key"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
    }

    /// A home with something sealed of every kind.
    private func home(orders: Int) async throws -> PublicCACommand {
        let command = try await PublicCACommand.withAccount(
            "--secret", "password=env:MOCK", environment: ["MOCK": "mock"])
        let typed = ["account", "add", "typed", "--provider", "mock", "--secret", "password=-"]
        let added = try await command.run(typed, input: "mock\n")
        #expect(added.status == 0, "\(added.error)")
        try Data("keystore-password".utf8).write(to: command.file("password"))
        for number in 1...orders {
            let ordered = try await command.order(
                "n\(number).example.org", "--keystore", "jks", "--keystore-password", "file:password")
            #expect(ordered.status == 0, "\(ordered.error)")
        }
        return command
    }

    /// Everything that is sealed is used: keys and passwords by an export, a typed secret by whatever asks the CA.
    private func expectAllOpens(
        _ command: PublicCACommand, orders: Int, at location: SourceLocation = #_sourceLocation
    ) async throws {
        for number in 1...orders {
            let exported = try await command.run(
                "certificate", "export", "n\(number).example.org", "--out", "n\(number).jks")
            #expect(exported.status == 0, "\(exported.error)", sourceLocation: location)
        }
        let doctor = try await command.run("doctor")
        #expect(doctor.status == 0, "\(doctor.text) \(doctor.error)", sourceLocation: location)
        let verified = try await command.run("journal", "--verify")
        #expect(verified.status == 0, "\(verified.error)", sourceLocation: location)
    }

    @Test func `everything is sealed anew, and the old key opens nothing any more`() async throws {
        let command = try await home(orders: 2)
        let old = try keyFile(command)
        let report = try await command.json("key", "rotate", "--old-key", "old.key")
        #expect((report["resealed"] as? [String: Int])?["keys"] == 2)
        #expect((report["resealed"] as? [String: Int])?["keystorePasswords"] == 2)
        #expect((report["resealed"] as? [String: Int])?["accountSecrets"] == 1)
        let new = try keyFile(command)
        #expect(new.count == 1 && new != old)
        let (key, dropped) = (report["key"] as? String, report["dropped"] as? [String])
        #expect(key?.count == 8 && dropped?.count == 1 && dropped?.first != key)
        #expect(try String(contentsOf: command.file("old.key"), encoding: .utf8) == old[0] + "\n")
        try await expectAllOpens(command, orders: 2)
        let before = try await command.run("order", "list", environment: ["PUBLICCA_MASTER_KEY": old[0]])
        #expect(before.status == 74 && before.error.contains("that is \(key ?? "")"), "\(before.error)")
        for output in [before.error, "\(report)"] { #expect(!output.contains(new[0]) && !output.contains(old[0])) }
        // A file that holds something else is not written over.
        #expect(try await command.run("key", "rotate", "--old-key", "old.key").status == 64)
        #expect(try keyFile(command) == new)
    }

    @Test func `a kill at any moment loses no secret, and a rerun ends it`() async throws {
        let orders = 12
        let command = try await home(orders: orders)
        let began = ContinuousClock.now
        #expect(try await command.run("key", "rotate").status == 0)
        let whole = ContinuousClock.now - began
        var interrupted = 0
        for index in 0..<24 {
            try await command.run("key", "rotate") { process in
                // From the first instruction to the last, one moment after the other.
                try? await ContinuousClock().sleep(for: whole * index / 24)
                kill(process, SIGKILL)
            }
            if try keyFile(command).count == 2 { interrupted += 1 }
            let opened = try await command.run("order", "list")
            #expect(opened.status == 0, "\(opened.error)")
        }
        print("\(interrupted) of 24 kills left two master keys")
        try await expectAllOpens(command, orders: orders)
        let ended = try await command.run("key", "rotate")
        #expect(ended.status == 0, "\(ended.error)")
        #expect(try keyFile(command).count == 1)
        try await expectAllOpens(command, orders: orders)
    }

    @Test func `a service beside it goes on, with the new key`() async throws {
        let command = try await home(orders: 2)
        let ended = try await command.serving { _ in
            for number in 3...5 {
                #expect(try await command.run("key", "rotate").status == 0)
                let ordered = try await command.order(
                    "n\(number).example.org", "--keystore", "jks", "--keystore-password", "file:password", "--wait",
                    "60")
                #expect(ordered.status == 0, "\(ordered.error)")
            }
        }
        #expect(ended.status == 0, "\(ended.error)")
        try await expectAllOpens(command, orders: 5)
    }

    @Test func `a key from the environment is changed by whoever gives it`() async throws {
        let (old, new) = (Self.key(1), Self.key(2))
        let command = try PublicCACommand(environment: ["PUBLICCA_MASTER_KEY": old])
        #expect(try await command.run("account", "add", "demo", "--provider", "mock").status == 0)
        #expect(try await command.order("n1.example.org").status == 0)
        let refused = try await command.run("key", "rotate")
        #expect(refused.status == 78 && refused.error.contains("PUBLICCA_MASTER_KEY"), "\(refused.error)")
        let both = ["PUBLICCA_MASTER_KEY": "\(new) \(old)"]
        let rotated = try await command.run("key", "rotate", environment: both)
        #expect(rotated.status == 0 && rotated.error.contains("take the old key"), "\(rotated.error)")
        #expect(!FileManager.default.fileExists(atPath: command.home.appendingPathComponent("master.key").path))
        let alone = ["PUBLICCA_MASTER_KEY": new]
        #expect(try await command.run("certificate", "list", environment: alone).status == 0)
        #expect(try await command.run("certificate", "list").status == 74)
    }

    private static func key(_ byte: UInt8) -> String { Data(repeating: byte, count: 32).base64EncodedString() }

    @Test func `two rotations at once do not drop each other's key`() async throws {
        let command = try await home(orders: 3)
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 1...4 { group.addTask { try await command.run("key", "rotate").status } }
            return try await group.reduce(into: [Int32]()) { $0.append($1) }
        }
        #expect(statuses.contains(0) && statuses.allSatisfy { $0 == 0 || $0 == 1 }, "\(statuses)")
        try await expectAllOpens(command, orders: 3)
    }

    @Test func `what cannot be sealed anew is named, and the old key stays`() async throws {
        let command = try await home(orders: 2)
        try await command.database("UPDATE keys SET body = '{}' WHERE rowid = 1")
        let ended = try await command.run("key", "rotate")
        #expect(ended.status == 74 && ended.error.contains("both keys stay"), "\(ended.error)")
        #expect(try keyFile(command).count == 2)
        try await command.database("DELETE FROM keys WHERE body = '{}'")
        #expect(try await command.run("key", "rotate").status == 0)
        #expect(try keyFile(command).count == 1)
    }
}
