// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Synchronization
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

extension Program {
    /// Runs it while the body runs, and ends it then, whatever became of the body.
    ///
    /// - Parameters:
    ///   - signal: how it is told to end.
    ///   - patience: after this long it is killed with all that it has started, which shows in how it ended.
    func during(
        signal: Int32 = SIGTERM, patience: Duration = .seconds(30), _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> Ending {
        let failure = Mutex<(any Error)?>(nil)
        let guardian = Mutex<Task<Void, Never>?>(nil)
        defer { guardian.withLock { $0?.cancel() } }
        let ending = try await run { process in
            do {
                try await body()
            } catch {
                failure.withLock { $0 = error }
            }
            kill(process, signal)
            guardian.withLock {
                $0 = Task {
                    // Cancelled when it has ended in time.
                    if (try? await Task.sleep(for: patience)) != nil { kill(-process, SIGKILL) }
                }
            }
        }
        if let error = failure.withLock({ $0 }) {
            Issue.record("meanwhile \(path) said: \(String(decoding: ending.error, as: UTF8.self))")
            throw error
        }
        return ending
    }
}

/// Looks again and again until it is so: what somebody else's process does cannot be waited for otherwise. A test that
/// waits in vain ends at its time limit.
func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    do {
        while try await !isSo() { try await Task.sleep(for: .milliseconds(100)) }
    } catch is CancellationError {
        Issue.record("never: \(what)")
        throw CancellationError()
    }
}
