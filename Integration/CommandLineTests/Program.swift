// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
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
        // Somewhere where nothing of ours lies.
        let folder = folder ?? FileManager.default.temporaryDirectory
        let ending = try await Programs.Program(
            path, arguments, environment: environment, folder: folder.path, input: Data((input ?? "").utf8),
            outputLimit: .max
        ).run(whileRunning: whileRunning)
        return Ended(
            status: ending.status, wasKilled: ending.wasKilled, output: ending.output,
            error: String(decoding: ending.error, as: UTF8.self))
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
