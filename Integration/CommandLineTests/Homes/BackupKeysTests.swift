// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Backups and the master keys that open them.
struct BackupKeysTests {
    private static func key(_ byte: UInt8) -> String { Data(repeating: byte, count: 32).base64EncodedString() }
    private let old = ["PUBLICCA_MASTER_KEY": Self.key(1)]
    private let new = ["PUBLICCA_MASTER_KEY": Self.key(2)]
    private let both = ["PUBLICCA_MASTER_KEY": "\(Self.key(2)) \(Self.key(1))"]

    private func order(_ name: String, _ command: PublicCACommand, _ keys: [String: String]) async throws {
        let arguments = [
            "order", "create", "--account", "demo", "--profile", "Mock DV", "--key", "ec-p256", "--name", name,
        ]
        let ended = try await command.run(arguments, environment: keys)
        #expect(ended.status == 0, "\(ended.error)")
    }

    @Test func `a backup that was made while master keys are changed needs both, and says so`() async throws {
        let command = try await PublicCACommand.withAccount(environment: old)
        try await order("old.example.org", command, old)
        try await order("new.example.org", command, both)
        let made = try await command.run("backup", "kept.sqlite", "--json", environment: both)
        #expect(made.status == 0 && made.error.contains("sealed with 2 master keys"), "\(made.error)")
        try await command.lose()
        for one in [old, new] {
            let refused = try await command.run("restore", "kept.sqlite", environment: one)
            #expect(refused.status == 74 && refused.error.contains("was sealed with"), "\(refused.error)")
            #expect(refused.error.contains(command.file("kept.sqlite").path), "\(refused.error)")
        }
        let restored = try await command.run("restore", "kept.sqlite", environment: both)
        #expect(restored.status == 0, "\(restored.error)")
        #expect(try await command.run("doctor", environment: both).status == 0)
        let halved = try await command.run("doctor", environment: old)
        #expect(halved.status == 74 && halved.text.contains("which is not here"), "\(halved.text)")
        for name in ["old.example.org", "new.example.org"] {
            let exported = try await command.run("certificate", "export", name, "--with-key", environment: both)
            #expect(exported.status == 0, "\(exported.error)")
        }
    }

    @Test func `what a killed backup has left is dropped when it is old`() async throws {
        let command = try await PublicCACommand.withAccount()
        let (older, younger) = (command.file("kept.sqlite.7.8.draft"), command.file("kept.sqlite.7.9.draft"))
        for file in [older, younger] { try Data().write(to: file) }
        let days = Date().addingTimeInterval(-2 * 86400)
        try FileManager.default.setAttributes([.modificationDate: days], ofItemAtPath: older.path)
        _ = try await command.backUp("kept.sqlite")
        #expect(!FileManager.default.fileExists(atPath: older.path))
        #expect(FileManager.default.fileExists(atPath: younger.path))
    }

    @Test func `a record that cannot be read is told by the backup, and hinders nothing else`() async throws {
        let command = try await PublicCACommand.withAccount()
        try await order("a.example.org", command, [:])
        let database = command.home.appendingPathComponent("publicca.sqlite")
        try await BackupTests.alter(database, "UPDATE orders SET body = '{\"x\":1}'")
        let made = try await command.run("backup", "kept.sqlite")
        #expect(made.status == 0 && made.error.contains("1 of its records cannot be read"), "\(made.error)")
        try await command.lose()
        try await command.restore(command.file("kept.sqlite"))
        #expect(try await command.run("certificate", "export", "a.example.org", "--with-key").status == 0)
        #expect(try await command.run("doctor").status == 74)
    }
}
