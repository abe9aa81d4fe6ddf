// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// What a backup is, and what it replaces: nothing.
struct BackupTests {
    private func leftovers(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".draft") }
    }

    @Test func `a backup is one file for its owner alone, says what is in it, and what is not`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("a.example.org").status == 0)
        try command.configure("log:\n  level: info\n")
        let told = try await command.json("backup", "kept.sqlite")
        let path = command.file("kept.sqlite").path
        #expect(told["path"] as? String == path && told["masterKeyIncluded"] as? Bool == false)
        #expect(told["masterKey"] as? String == command.home.appendingPathComponent("master.key").path)
        #expect(told["configuration"] as? String == command.home.appendingPathComponent("config.yaml").path)
        let counts = try #require(told["counts"] as? [String: Int])
        #expect(counts["orders"] == 1 && counts["certificates"] == 1 && counts["keys"] == 1)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600 && attributes[.size] as? Int == told["bytes"] as? Int)
        let lines = try #require(try await command.items("journal").last)
        #expect((told["journal"] as? [String: Any])?["hash"] as? String == lines["hash"] as? String)
        let key = try Data(contentsOf: command.home.appendingPathComponent("master.key")).dropLast()
        #expect(try Data(contentsOf: command.file("kept.sqlite")).range(of: key) == nil)
        #expect(try leftovers(command.folder).isEmpty)
    }

    @Test func `a key that is in the environment is said to be there`() async throws {
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        let command = try await PublicCACommand.withAccount(environment: ["PUBLICCA_MASTER_KEY": key])
        #expect(try await command.json("backup", "kept.sqlite")["masterKey"] as? String == "PUBLICCA_MASTER_KEY")
    }

    @Test func `a backup replaces nothing, and nothing is left of one that fails`() async throws {
        let command = try await PublicCACommand.withAccount()
        try Data("mine".utf8).write(to: command.file("kept"))
        let taken = try await command.run("backup", "kept")
        #expect(taken.status == 64 && taken.error.contains("there already"), "\(taken.error)")
        #expect(try Data(contentsOf: command.file("kept")) == Data("mine".utf8))
        let nowhere = try await command.run("backup", "nowhere/kept")
        #expect(nowhere.status == 74 && nowhere.error.contains("nowhere/kept"), "\(nowhere.error)")
        let nothing = try await command.run("backup", "kept2", environment: ["PUBLICCA_HOME": command.file("no").path])
        #expect(nothing.status == 66 && nothing.error.contains("there is no database"), "\(nothing.error)")
        let other = Data((1..<33).map { UInt8($0) }).base64EncodedString()
        let wrong = try await command.run("backup", "kept2", environment: ["PUBLICCA_MASTER_KEY": other])
        #expect(wrong.status == 74 && wrong.error.contains("master key is not the one"), "\(wrong.error)")
        #expect(try leftovers(command.folder).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: command.file("kept2").path))
    }

    @Test func `a home that is put back is as it was`() async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("a.example.org").status == 0)
        let before = try await command.run("certificate", "list", "--json").text
        let key = try await command.run("certificate", "export", "a.example.org", "--with-key")
        let backup = try await command.backUp()
        try await command.lose()
        let restored = try await command.restore(backup)
        #expect(restored["masterKeyHere"] as? Bool == true && restored["toBeImported"] as? [String] == ["demo"])
        #expect(try await command.run("certificate", "list", "--json").text == before)
        #expect(try await command.run("certificate", "export", "a.example.org", "--with-key").output == key.output)
        #expect(try await command.run("journal", "--verify").status == 0)
        #expect(try await command.run("doctor").status == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: command.home.path + "/publicca.sqlite")
        #expect(mode[.posixPermissions] as? Int == 0o600)
        #expect(try leftovers(command.home).isEmpty)
    }

    @Test func `a restore refuses to replace a database or what is left of one`() async throws {
        let command = try await PublicCACommand.withAccount()
        let backup = try await command.backUp()
        let database = command.home.appendingPathComponent("publicca.sqlite")
        let before = try Data(contentsOf: database)
        let refused = try await command.run("restore", backup.path)
        #expect(refused.status == 64 && refused.error.contains("nothing is replaced"), "\(refused.error)")
        #expect(try Data(contentsOf: database) == before)
        // A log without its database would be read as the new one's.
        try await command.lose()
        try Data("left".utf8).write(to: URL(fileURLWithPath: database.path + "-wal"))
        let left = try await command.run("restore", backup.path)
        #expect(left.status == 64 && left.error.contains("publicca.sqlite-wal"), "\(left.error)")
        #expect(!FileManager.default.fileExists(atPath: database.path))
    }

    /// What somebody may take for a backup.
    enum NoBackup: String, CaseIterable { case missing, text, empty, foreign, newer, damaged, cut, journal, atWork }

    @Test(arguments: NoBackup.allCases)
    func `what is no sound backup is told, and nothing is put in place`(_ kind: NoBackup) async throws {
        let command = try await PublicCACommand.withAccount()
        #expect(try await command.order("a.example.org").status == 0)
        let backup = try await command.backUp()
        var bytes = try Data(contentsOf: backup)
        switch kind {
        case .missing: try FileManager.default.removeItem(at: backup)
        case .text: try Data(String(repeating: "a diary ", count: 900).utf8).write(to: backup)
        case .empty: try Data().write(to: backup)
        case .foreign: try await Self.alter(backup, "PRAGMA application_id = 7")
        case .newer: try await Self.alter(backup, "PRAGMA user_version = 9999")
        case .damaged:
            bytes.replaceSubrange(4096 * 9..<4096 * 12, with: Data(repeating: 0xa5, count: 4096 * 3))
            try bytes.write(to: backup)
        case .cut: try bytes.prefix(bytes.count / 2).write(to: backup)
        case .journal: try await Self.alter(backup, "UPDATE journal SET detail = 'nothing' WHERE sequence = 2")
        case .atWork: try Data("newer".utf8).write(to: URL(fileURLWithPath: backup.path + "-wal"))
        }
        try await command.lose()
        let refused = try await command.run("restore", backup.path)
        #expect(refused.status == (kind == .missing ? 66 : kind == .atWork ? 64 : 74), "\(refused.error)")
        #expect(
            refused.error.contains(backup.path) && refused.error.split(separator: "\n").count == 1, "\(refused.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: command.home.path) == ["master.key"])
    }

    static func alter(_ database: URL, _ statement: String) async throws {
        let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
        let ended = try await Program.tool("python3", ["-c", script, database.path, statement])
        try #require(ended.status == 0, "\(ended.error)")
    }

    @Test func `a wrong master key is told before anything is put in place, and a missing one beside it`() async throws
    {
        let command = try await PublicCACommand.withAccount()
        let backup = try await command.backUp()
        try await command.lose()
        let other = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        let wrong = try await command.run("restore", backup.path, environment: ["PUBLICCA_MASTER_KEY": other])
        #expect(wrong.status == 74 && wrong.error.contains("\(backup.path) was sealed with"), "\(wrong.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: command.home.path) == ["master.key"])

        let key = command.home.appendingPathComponent("master.key")
        try FileManager.default.moveItem(at: key, to: command.file("safe.key"))
        let without = try await command.run("restore", backup.path)
        #expect(without.status == 0 && without.error.contains("its master key is not here"), "\(without.error)")
        // None is made for what was sealed with another one.
        #expect(try await command.run("status").status == 74)
        #expect(!FileManager.default.fileExists(atPath: key.path))
        try FileManager.default.moveItem(at: command.file("safe.key"), to: key)
        #expect(try await command.run("account", "list").status == 0)
    }
}
