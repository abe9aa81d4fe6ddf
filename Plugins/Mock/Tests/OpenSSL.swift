// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The openssl command, as an independent judge.
enum OpenSSL {
    struct Verdict {
        var status: Int32
        var output: String
    }

    /// Whether tests that need it run: a missing tool is a failure in CI, and a visible skip elsewhere.
    static var isExpected: Bool {
        if ProcessInfo.processInfo.environment["CI"] != nil { return true }
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/openssl") }
    }

    /// Leaf first, root last; what is between is offered as untrusted.
    static func verify(_ chain: [Data]) throws -> Verdict {
        try inFolder { folder in
            try pem(chain[0]).write(to: folder.appending(path: "leaf.pem"), atomically: true, encoding: .utf8)
            try pem(chain[chain.count - 1]).write(
                to: folder.appending(path: "root.pem"), atomically: true, encoding: .utf8)
            try chain.dropFirst().dropLast().map(pem).joined().write(
                to: folder.appending(path: "between.pem"), atomically: true, encoding: .utf8)
            return try run(
                [
                    "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "root.pem", "-untrusted",
                    "between.pem", "leaf.pem",
                ],
                in: folder)
        }
    }

    static func text(_ certificate: Data) throws -> String {
        try inFolder { folder in
            try certificate.write(to: folder.appending(path: "leaf.der"))
            return try run(["x509", "-inform", "DER", "-in", "leaf.der", "-noout", "-text"], in: folder).output
        }
    }

    private static func inFolder<Value>(_ work: (URL) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let result = Result { try work(folder) }
        try FileManager.default.removeItem(at: folder)
        return try result.get()
    }

    private static func run(_ arguments: [String], in folder: URL) throws -> Verdict {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Verdict(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
    }

    private static func pem(_ der: Data) -> String {
        let body = der.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"
    }
}
