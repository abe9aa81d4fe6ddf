// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs

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
    static func verify(_ chain: [Data]) async throws -> Verdict {
        try await inFolder { folder in
            try pem(chain[0]).write(to: folder.appending(path: "leaf.pem"), atomically: true, encoding: .utf8)
            try pem(chain[chain.count - 1]).write(
                to: folder.appending(path: "root.pem"), atomically: true, encoding: .utf8)
            try chain.dropFirst().dropLast().map(pem).joined().write(
                to: folder.appending(path: "between.pem"), atomically: true, encoding: .utf8)
            return try await run(
                [
                    "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "root.pem", "-untrusted",
                    "between.pem", "leaf.pem",
                ],
                in: folder)
        }
    }

    static func text(_ certificate: Data) async throws -> String {
        try await inFolder { folder in
            try certificate.write(to: folder.appending(path: "leaf.der"))
            return try await run(["x509", "-inform", "DER", "-in", "leaf.der", "-noout", "-text"], in: folder).output
        }
    }

    private static func inFolder<Value>(_ work: (URL) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await work(folder)
    }

    private static func run(_ arguments: [String], in folder: URL) async throws -> Verdict {
        let ending = try await Program(
            "openssl", arguments, environment: ProcessInfo.processInfo.environment, folder: folder.path,
            outputLimit: .max
        ).run()
        return Verdict(status: ending.status, output: String(decoding: ending.output + ending.error, as: UTF8.self))
    }

    private static func pem(_ der: Data) -> String {
        let body = der.base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return "-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n"
    }
}
