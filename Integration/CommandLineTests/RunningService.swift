// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing

extension PublicCACommand {
    /// Runs the service. The body is handed the process id when the service is at work; then the service is told to stop.
    ///
    /// - Parameters:
    ///   - signal: how it is told.
    ///   - patience: after this long it is killed, which shows in how it ended.
    func serving(
        as name: String = "run", signal: Int32 = SIGTERM, patience: Duration = .seconds(30),
        _ body: @escaping @Sendable (Int32) async throws -> Void = { _ in }
    ) async throws -> Program.Ended {
        let guardian = Mutex<Task<Void, Never>?>(nil)
        defer { guardian.withLock { $0?.cancel() } }
        // Into a file, so that it can be read meanwhile.
        let script = "exec \"$0\" run 2>\"$1\""
        return try await Program.run(
            "/bin/sh", ["-c", script, Self.executable, log(name).path], environment: environment, folder: folder
        ) { process in
            do {
                try await self.until {
                    guard try self.said(name).contains("running;") else { return false }
                    return try await self.hasDuties()
                }
                try await body(process)
            } catch {
                Issue.record(error)
            }
            kill(process, signal)
            guardian.withLock {
                $0 = Task {
                    // Cancelled when it has ended in time.
                    if (try? await Task.sleep(for: patience)) != nil { kill(process, SIGKILL) }
                }
            }
        }
    }

    private func log(_ name: String) -> URL { file("\(name).log") }

    /// What a service has said so far.
    func said(_ name: String = "run") throws -> String {
        FileManager.default.fileExists(atPath: log(name).path)
            ? try String(contentsOf: log(name), encoding: .utf8) : ""
    }

    private func hasDuties() async throws -> Bool {
        try await number("SELECT count(*) FROM work WHERE kind = 'host'") == 1
    }

    /// Looks again and again until it is so: what somebody else's process does cannot be waited for otherwise.
    func until(_ isSo: () async throws -> Bool) async throws {
        while try await !isSo() { try await Task.sleep(for: .milliseconds(50)) }
    }

    /// One number out of the database.
    func number(_ query: String) async throws -> Int {
        let script = """
            import sqlite3, sys
            print(sqlite3.connect(sys.argv[1], timeout=60).execute(sys.argv[2]).fetchone()[0])
            """
        let path = home.appendingPathComponent("publicca.sqlite").path
        let ended = try await Program.tool("python3", ["-c", script, path, query])
        try #require(ended.status == 0, "\(ended.error)")
        return try #require(Int(ended.text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    func configure(_ yaml: String) throws {
        try Data(yaml.utf8).write(to: home.appendingPathComponent("config.yaml"))
    }
}
