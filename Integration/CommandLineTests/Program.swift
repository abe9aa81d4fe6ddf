// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Runs an executable as a process, and keeps all that it says.
enum Program {
    struct Ended: Sendable {
        var status: Int32
        /// Killed by a signal, whose number the status then is.
        var wasKilled: Bool
        var output: Data
        var error: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// - Parameter whileRunning: handed the process id as soon as there is one.
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String], input: String? = nil,
        folder: URL? = nil, whileRunning: (@Sendable (Int32) async -> Void)? = nil
    ) async throws -> Ended {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        // Files take whatever comes, where a pipe that nobody empties would stop the process.
        let output = scratch.appendingPathComponent("output")
        let error = scratch.appendingPathComponent("error")
        let source = scratch.appendingPathComponent("input")
        for file in [output, error] { try Data().write(to: file) }
        try Data((input ?? "").utf8).write(to: source)

        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.environment = environment
        process.currentDirectoryURL = folder ?? scratch
        let handles = [
            try FileHandle(forReadingFrom: source), try FileHandle(forWritingTo: output),
            try FileHandle(forWritingTo: error),
        ]
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        // The process has its own now. Ours would stay open for as long as Foundation keeps it in mind, and with more
        // than a thousand of them it no longer starts any.
        for handle in handles { try handle.close() }
        if let whileRunning { await whileRunning(process.processIdentifier) }
        for await _ in ends {}
        return Ended(
            status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            output: try Data(contentsOf: output), error: try String(contentsOf: error, encoding: .utf8))
    }

    /// Where a tool is; `nil` where it is not installed.
    static func find(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Runs a tool of others. Where it is missing the test is cancelled, and in CI it fails.
    static func tool(
        _ name: String, _ arguments: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        in folder: URL? = nil
    ) async throws -> Ended {
        guard let path = find(name) else {
            if ProcessInfo.processInfo.environment["CI"] != nil {
                Issue.record("\(name) is not installed")
            }
            try Test.cancel("\(name) is not installed")
        }
        return try await run(path, arguments, environment: environment, folder: folder)
    }
}
