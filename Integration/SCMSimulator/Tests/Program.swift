// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Testing

/// Runs a process and keeps what it says.
enum Program {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the bundle of these tests.
    static var simulator: URL {
        var folder = Bundle.main.bundleURL
        for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
            folder = bundle.bundleURL.deletingLastPathComponent()
        }
        return folder.appendingPathComponent("scm-simulator")
    }

    /// The Python with the peer's client, which `make peer` puts there. Where it is missing the test is cancelled, and
    /// in CI it fails.
    static func peer() throws -> URL {
        let python = root.appendingPathComponent(".build/python/bin/python")
        if !FileManager.default.isExecutableFile(atPath: python.path) {
            let missing = "there is no \(python.path): make peer"
            if ProcessInfo.processInfo.environment["CI"] != nil { Issue.record("\(missing)") }
            try Test.cancel("\(missing)")
        }
        return python
    }

    /// A folder for one test.
    static func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("scm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder)
    }

    /// - Parameter untilFirstLine: ends the process as soon as it has said one line.
    static func run(
        _ program: URL, _ arguments: [String], environment: [String: String] = [:], untilFirstLine: Bool = false
    ) async throws -> (status: Int32, output: String) {
        let first = #"coproc said { exec "$0" "$@"; }; head -1 <&"${said[0]}"; kill "$said_PID""#
        let arguments = untilFirstLine ? ["-c", first, program.path] + arguments : arguments
        let ending = try await Programs.Program(
            untilFirstLine ? "/bin/bash" : program.path, arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { _, last in last },
            outputLimit: .max
        ).run()
        return (ending.status, String(decoding: ending.output + ending.error, as: UTF8.self))
    }
}
