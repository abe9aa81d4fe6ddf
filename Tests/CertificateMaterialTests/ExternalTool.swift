// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs

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
    func run(_ arguments: String..., in folder: URL, input: Data = Data()) async throws -> Outcome {
        try await run(arguments, in: folder, input: input)
    }

    @discardableResult
    func run(_ arguments: [String], in folder: URL, input: Data = Data()) async throws -> Outcome {
        guard let path else { throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: rawValue]) }
        // Messages in English, whatever the machine speaks.
        let ending = try await Program(
            path, arguments, environment: ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 },
            folder: folder.path, input: input, outputLimit: .max
        ).run()
        return Outcome(status: ending.status, text: String(decoding: ending.output + ending.error, as: UTF8.self))
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
