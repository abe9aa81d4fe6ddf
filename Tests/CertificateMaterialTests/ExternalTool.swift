// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A program of somebody else's, run as people run it.
enum ExternalTool: String, CaseIterable {
    case openssl, keytool, certtool, python3

    struct Outcome {
        var status: Int32
        /// What it printed on both outputs.
        var text: String
    }

    private var path: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(rawValue)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// For a test's `.enabled(if:)`: a missing tool is a visible skip, and where the environment says CI, a failure.
    var isExpected: Bool { path != nil || ProcessInfo.processInfo.environment["CI"] != nil }

    @discardableResult
    func run(_ arguments: String..., in folder: URL, input: Data = Data()) throws -> Outcome {
        try run(arguments, in: folder, input: input)
    }

    @discardableResult
    func run(_ arguments: [String], in folder: URL, input: Data = Data()) throws -> Outcome {
        guard let path else { throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: rawValue]) }
        let output = folder.appending(path: "output-\(UUID().uuidString)")
        let inputFile = folder.appending(path: "input-\(UUID().uuidString)")
        try Data().write(to: output)
        try input.write(to: inputFile)
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        // Messages in English, whatever the machine speaks; and nobody to ask for a password.
        process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        let sink = try FileHandle(forWritingTo: output)
        process.standardOutput = sink
        process.standardError = sink
        try process.run()
        process.waitUntilExit()
        try sink.close()
        return Outcome(
            status: process.terminationStatus, text: String(decoding: try Data(contentsOf: output), as: UTF8.self))
    }
}

/// Gives work a folder of its own, gone afterwards.
func withFolder<Result>(_ work: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "material-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let result: Result
    do {
        result = try await work(folder)
    } catch {
        try FileManager.default.removeItem(at: folder)
        throw error
    }
    try FileManager.default.removeItem(at: folder)
    return result
}
