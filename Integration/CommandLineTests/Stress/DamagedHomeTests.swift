// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// A database that a bad disk has damaged: what is told, and what can be saved.
struct DamagedHomeTests {
    private static let pageSize = 4096

    /// A home with some orders, one page of whose database is overwritten.
    private func damage(_ part: String) async throws -> PublicCACommand {
        let command = try await PublicCACommand.withAccount()
        for number in 1...3 { #expect(try await command.order("n\(number).example.org").status == 0) }
        let database = command.home.appendingPathComponent("publicca.sqlite")
        let root = try await PublicCACommand.page(of: part, in: database)
        let file = try FileHandle(forUpdating: database)
        try file.seek(toOffset: UInt64((root - 1) * Self.pageSize))
        try file.write(contentsOf: Data(repeating: 0xa5, count: Self.pageSize))
        try file.close()
        return command
    }

    private func doctor(_ command: PublicCACommand) async throws -> [String: Any] {
        let ended = try await command.run("doctor", "--json")
        #expect(ended.status == 74, "\(ended.text) \(ended.error)")
        let document = try JSONSerialization.jsonObject(with: ended.output) as? [String: Any]
        let items = try #require(document?["items"] as? [[String: Any]], "\(ended.text)")
        return try #require(items.first { $0["check"] as? String == "pages" }, "\(ended.text)")
    }

    @Test(arguments: ["orders_by_phase", "certificates_by_end", "sqlite_autoindex_keys_1"])
    func `a damaged index is told by doctor, and a backup has a new one`(_ index: String) async throws {
        let command = try await damage(index)
        let finding = try await doctor(command)
        #expect((finding["hint"] as? String ?? "").contains("publicca backup FILE"), "\(finding)")
        let backup = try await command.backUp()
        try await command.lose()
        try await command.restore(backup)
        #expect(try await command.run("doctor").status == 0)
        #expect(try await command.items("order", "list").count == 3)
        #expect(try await command.run("certificate", "export", "n2.example.org", "--with-key").status == 0)
    }

    @Test(arguments: ["orders", "keys", "journal", "work"])
    func `a damaged table is told by doctor and by whoever needs it, and there is no backup of it`(
        _ table: String
    ) async throws {
        let command = try await damage(table)
        let finding = try await doctor(command)
        #expect((finding["detail"] as? String ?? "").contains("the table \(table)"), "\(finding)")
        #expect((finding["hint"] as? String ?? "").contains("docs/Backup.md"), "\(finding)")
        for arguments in [["backup", "kept.sqlite"], ["order", "create", "--account", "demo"] + Self.wish] {
            let refused = try await command.run(arguments)
            #expect(refused.status == 74 && refused.error.contains("damaged"), "\(refused.text) \(refused.error)")
            #expect(refused.error.split(separator: "\n").count == 1, "\(refused.error)")
        }
        #expect(!FileManager.default.fileExists(atPath: command.file("kept.sqlite").path))
    }

    private static let wish = ["--profile", "Mock DV", "--name", "new.example.org", "--key", "ec-p256"]
}

extension PublicCACommand {
    /// The first page of a table or an index.
    static func page(of part: String, in database: URL) async throws -> Int {
        let script = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            print(c.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [sys.argv[2]]).fetchone()[0])
            """
        let ended = try await Program.tool("python3", ["-c", script, database.path, part])
        return try #require(Int(ended.text.trimmingCharacters(in: .whitespacesAndNewlines)), "\(ended.error)")
    }
}
