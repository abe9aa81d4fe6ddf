// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The built `publicca`, run in a home of its own that is gone afterwards.
final class PublicCACommand: Sendable {
    /// Holds the home and whatever else a test writes.
    let folder: URL
    let home: URL
    let environment: [String: String]

    init(environment: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("publicca-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        home = folder.appendingPathComponent("home")
        self.environment =
            ["PUBLICCA_HOME": home.path, "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"]
            .merging(environment) { $1 }
    }

    deinit {
        // What cannot be removed is in nobody's way: its name is its own.
        try? FileManager.default.removeItem(at: folder)
    }

    /// Beside the tests, where the same build has put it.
    static let executable: String = {
        let tests = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
        let places =
            [tests.deletingLastPathComponent()] + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
        let found = places.map { $0.appendingPathComponent("publicca").path }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        return found ?? "publicca was not built"
    }()

    @discardableResult
    func run(
        _ arguments: String..., input: String? = nil, environment: [String: String] = [:],
        whileRunning: (@Sendable (Int32) async -> Void)? = nil
    ) async throws -> Program.Ended {
        try await run(arguments, input: input, environment: environment, whileRunning: whileRunning)
    }

    @discardableResult
    func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
        whileRunning: (@Sendable (Int32) async -> Void)? = nil
    ) async throws -> Program.Ended {
        try await Program.run(
            Self.executable, arguments, environment: self.environment.merging(environment) { $1 }, input: input,
            folder: folder, whileRunning: whileRunning)
    }

    /// Runs a line as somebody would type it. Both outputs come in one, as a terminal shows them.
    func shell(_ line: String) async throws -> Program.Ended {
        let products = URL(fileURLWithPath: Self.executable).deletingLastPathComponent().path
        let path = "\(products):\(environment["PATH"] ?? "")"
        return try await Program.run(
            "/bin/sh", ["-c", "exec 2>&1\n\(line)"], environment: environment.merging(["PATH": path]) { $1 },
            folder: folder)
    }

    /// A page of this project.
    static func document(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../..")
        return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// Runs with `--json`, and expects this exit code and one document.
    func json(_ arguments: String..., exit: Int32 = 0, at location: SourceLocation = #_sourceLocation) async throws
        -> [String: Any]
    {
        let ended = try await run(arguments + ["--json"])
        #expect(ended.status == exit, "\(ended.error)", sourceLocation: location)
        let document = try JSONSerialization.jsonObject(with: ended.output)
        return try #require(document as? [String: Any], sourceLocation: location)
    }

    /// The rows of a list.
    func items(_ arguments: String..., at location: SourceLocation = #_sourceLocation) async throws -> [[String: Any]] {
        let ended = try await run(arguments + ["--json"])
        #expect(ended.status == 0, "\(ended.error)", sourceLocation: location)
        let document = try JSONSerialization.jsonObject(with: ended.output) as? [String: Any]
        return try #require(document?["items"] as? [[String: Any]], sourceLocation: location)
    }

    /// A home with the account `demo` at the mock CA.
    static func withAccount(_ more: String..., environment: [String: String] = [:]) async throws -> PublicCACommand {
        let command = try PublicCACommand(environment: environment)
        let ended = try await command.run(["account", "add", "demo", "--provider", "mock"] + more)
        try #require(ended.status == 0, "\(ended.error)")
        return command
    }

    /// Orders at `Mock DV`, with a key that is made quickly.
    func order(
        _ name: String, _ more: String..., profile: String = "Mock DV"
    ) async throws -> Program.Ended {
        try await run(
            ["order", "create", "--account", "demo", "--profile", profile, "--name", name, "--key", "ec-p256"] + more)
    }

    /// Changes the database behind everybody's back.
    func database(_ statement: String) async throws {
        let script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit()"
        let path = home.appendingPathComponent("publicca.sqlite").path
        let ended = try await Program.tool("python3", ["-c", script, path, statement])
        try #require(ended.status == 0, "\(ended.error)")
    }

    func file(_ name: String) -> URL { folder.appendingPathComponent(name) }
}
