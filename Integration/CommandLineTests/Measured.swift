// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

extension PublicCACommand {
    /// Runs a command, and tells how much memory it had at most, in MB.
    ///
    /// Python counts, as a small parent: what a process inherits from whoever starts it counts as its own.
    func measured(_ arguments: [String]) async throws -> (ended: Program.Ended, megabytes: Int) {
        let script = """
            import resource, subprocess, sys
            ended = subprocess.run(sys.argv[2:])
            open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
            sys.exit(ended.returncode)
            """
        let count = file("memory-\(UUID().uuidString)")
        let ended = try await Program.tool(
            "python3", ["-c", script, count.path, Self.executable] + arguments, environment: environment, in: folder)
        let kilobytes = try #require(Int(try String(contentsOf: count, encoding: .utf8)))
        return (ended, kilobytes / 1024)
    }
}
