// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Testing

/// Programs of others.
enum Tools {
    /// Where it is. Where it is missing the test is cancelled, and in CI it fails.
    static func path(_ name: String) throws -> String {
        // Debian keeps servers where only root looks.
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/bin") + ":/usr/sbin"
        let places = folders.split(separator: ":").map { "\($0)/\(name)" }
        guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            let missing = "\(name) is not installed: make tools"
            if ProcessInfo.processInfo.environment["CI"] != nil { Issue.record("\(missing)") }
            try Test.cancel("\(missing)")
        }
        return found
    }

    /// A line of the shell, with its arguments as `$1`, `$2` and so on; what it says, where it succeeds.
    static func shell(
        _ line: String, _ arguments: String..., at location: SourceLocation = #_sourceLocation
    ) async throws -> String {
        let ending = try await Program(
            "/bin/sh", ["-c", line, "sh"] + arguments, environment: ProcessInfo.processInfo.environment,
            outputLimit: .max
        ).run()
        let said = String(decoding: ending.output, as: UTF8.self)
        try #require(
            ending.status == 0, "\(said)\(String(decoding: ending.error, as: UTF8.self))", sourceLocation: location)
        return said
    }

    /// Ports of loopback that nobody uses.
    static func freePorts(_ count: Int) async throws -> [Int] {
        let script = """
            import socket, sys
            sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
            print(*[s.getsockname()[1] for s in sockets])
            """
        return try await shell("\(try path("python3")) -c \"$1\" \"$2\"", script, "\(count)")
            .split { $0.isWhitespace }.compactMap { Int($0) }
    }
}
