// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

struct StorageTests {
    private func database(_ command: PublicCACommand) -> URL {
        command.home.appendingPathComponent("publicca.sqlite")
    }

    private func expectStorageError(
        _ ended: Program.Ended, _ words: String, at location: SourceLocation = #_sourceLocation
    ) {
        #expect(ended.status == 74, "\(ended.error)", sourceLocation: location)
        #expect(ended.error.contains(words), "\(ended.error)", sourceLocation: location)
        #expect(ended.error.split(separator: "\n").count == 1, sourceLocation: location)
    }

    @Test func `the home is for its owner alone`() async throws {
        let command = try await PublicCACommand.withAccount()
        for (path, mode) in [("", 0o700), ("/master.key", 0o600), ("/publicca.sqlite", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: command.home.path + path)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
        }
    }

    @Test func `a foreign file in the database's place is left as it is`() async throws {
        let command = try await PublicCACommand.withAccount()
        let foreign = Data("this is somebody's diary, and not a database".utf8)
        // A log that was left would be taken for the file's, as after a crash.
        for ending in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: database(command).path + ending) {
            try FileManager.default.removeItem(atPath: database(command).path + ending)
        }
        try foreign.write(to: database(command))
        expectStorageError(try await command.run("order", "list"), "publicca.sqlite")
        #expect(try Data(contentsOf: database(command)) == foreign)
    }

    @Test func `a database of another program, or of a newer version, is left as it is`() async throws {
        let foreign = try PublicCACommand()
        try FileManager.default.createDirectory(at: foreign.home, withIntermediateDirectories: true)
        try await foreign.database("create table diary (day text)")
        let key = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        let before = try Data(contentsOf: database(foreign))
        let ended = try await foreign.run("order", "list", environment: ["PUBLICCA_MASTER_KEY": key])
        expectStorageError(ended, "publicca.sqlite")
        #expect(try Data(contentsOf: database(foreign)) == before)

        let newer = try await PublicCACommand.withAccount()
        try await newer.database("pragma user_version = 9999")
        expectStorageError(try await newer.run("order", "list"), "newer")
    }

    @Test func `another master key is noticed by the first command`() async throws {
        let command = try await PublicCACommand.withAccount()
        let other = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        let ended = try await command.run("order", "list", environment: ["PUBLICCA_MASTER_KEY": other])
        expectStorageError(ended, "the master key is not the one")
        #expect(!ended.error.contains(other))
        let nonsense = try await command.run("order", "list", environment: ["PUBLICCA_MASTER_KEY": "nonsense"])
        expectStorageError(nonsense, "does not hold a master key")
        #expect(try await command.run("order", "list").status == 0)
    }

    @Test func `a lost master key is not made anew beside what it sealed`() async throws {
        let command = try await PublicCACommand.withAccount()
        let key = command.home.appendingPathComponent("master.key")
        let kept = command.file("kept.key")
        try FileManager.default.moveItem(at: key, to: kept)
        expectStorageError(try await command.run("order", "list"), "is gone")
        #expect(!FileManager.default.fileExists(atPath: key.path))
        let text = try String(contentsOf: kept, encoding: .utf8)
        let ended = try await command.run("order", "list", environment: ["PUBLICCA_MASTER_KEY": text])
        #expect(ended.status == 0, "\(ended.error)")
    }

    @Test func `many first commands at once end up with one key`() async throws {
        let command = try PublicCACommand()
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
            for number in 1...6 {
                group.addTask {
                    try await command.run("account", "add", "demo\(number)", "--provider", "mock").status
                }
            }
            return try await group.reduce(into: [Int32]()) { $0.append($1) }
        }
        #expect(statuses == [0, 0, 0, 0, 0, 0])
        #expect(try await command.items("account", "list").count == 6)
        let left = try FileManager.default.contentsOfDirectory(atPath: command.home.path)
        #expect(!left.contains { $0.hasSuffix(".draft") })
    }

    @Test func `a bad configuration is told in full, with lines`() async throws {
        let command = try await PublicCACommand.withAccount()
        try Data("inventory:\n  limt: 3\nlog:\n  level: loud\n".utf8)
            .write(to: command.home.appendingPathComponent("config.yaml"))
        let ended = try await command.run("order", "list")
        #expect(ended.status == 78)
        #expect(ended.error.contains("config.yaml:2") && ended.error.contains("did you mean limit?"))
        #expect(ended.error.contains("config.yaml:4") && ended.error.contains("warning"))
    }

    @Test func `a limit on the inventory makes the next certificate wait`() async throws {
        let command = try await PublicCACommand.withAccount()
        try Data("inventory:\n  limit: 1\n".utf8).write(to: command.home.appendingPathComponent("config.yaml"))
        #expect(try await command.order("a.example.org").status == 0)
        #expect(try await command.order("b.example.org").status == 3)
        let waiting = try await command.items("order", "list", "--state", "awaitingCapacity")
        #expect(waiting.count == 1)
    }

    @Test func `what needs no home touches none`() async throws {
        let command = try PublicCACommand()
        for arguments in [["--version"], ["--help"], ["provider", "list"], ["order", "create", "--help"]] {
            #expect(try await command.run(arguments).status == 0, "\(arguments)")
        }
        #expect(!FileManager.default.fileExists(atPath: command.home.path))
    }
}

/// Records that are there and cannot be read.
struct UnreadableRecordTests {
    @Test func `an order that cannot be read is named, and never said not to be there`() async throws {
        let command = try await PublicCACommand.withAccount()
        for name in ["a", "b"] {
            let placed = try await command.run(
                "order", "create", "--account", "demo", "--profile", "Mock DV", "--key", "ec-p256", "--name",
                "\(name).example.org")
            try #require(placed.status == 0, "\(placed.error)")
        }
        let orders = try await command.items("order", "list")
        let id = try #require(orders.first?["id"] as? String)
        try await command.database("update orders set body = '{}' where id = '\(id)'")
        let list = try await command.run("order", "list", "--json")
        #expect(list.status == 74 && list.error.contains(id))
        #expect(list.text.contains("b.example.org"))
        let shown = try await command.run("order", "show", id)
        #expect(shown.status == 74 && shown.error.contains("cannot be read"), "\(shown.error)")
        let doctor = try await command.run("doctor")
        #expect(doctor.status == 74 && doctor.text.contains(id), "\(doctor.text)")
    }

    @Test func `a missing CSR is told as a missing file, whatever else is not said`() async throws {
        let command = try await PublicCACommand.withAccount()
        let ended = try await command.run(
            "order", "create", "--account", "demo", "--profile", "Mock DV", "--csr", "/nope.pem")
        #expect(ended.status == 66 && ended.error.contains("/nope.pem"), "\(ended.error)")
    }
}
