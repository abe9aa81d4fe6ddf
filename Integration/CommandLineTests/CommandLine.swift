// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs the built command in a home of its own.
struct CommandLine {
    struct Ended {
        var code: Int32
        var output: String
        var errors: String
    }

    let home = FileManager.default.temporaryDirectory.appendingPathComponent("publicca-\(UUID().uuidString)")

    /// Beside the tests, where the build puts it.
    private static let executable = Bundle.main.bundleURL.appendingPathComponent("publicca")

    func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Ended {
        try run(arguments, environment: environment)
    }

    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Ended {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .merging(["PUBLICCA_HOME": home.path]) { _, new in new }.merging(environment) { _, new in new }
        let output = Pipe()
        let errors = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Ended(code: process.terminationStatus, output: text, errors: complaint)
    }

    func remove() { try? FileManager.default.removeItem(at: home) }
}
