// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs

/// A home with an account at the simulated SCM, and the program that works on it.
struct KillingHome: Sendable {
    let program: String
    let folder: String
    let tally: KillTally

    var path: String { "\(folder)/home" }
    var log: String { "\(path)/publicca.sqlite-wal" }

    /// Longer than any command here may take.
    private static let patience = Duration.seconds(600)

    /// Makes the home with its account.
    ///
    /// - Parameter lease: for how long what a killed process had begun is left to it.
    func make(at scm: SimulatorProcess, lease: Int) async throws {
        try Data("master-password".utf8).write(to: URL(fileURLWithPath: "\(folder)/password"))
        let settings = [
            "address=\(scm.ready.address)/api", "extra-root=\(scm.ready.root)", "user=master", "customer-uri=acme",
            "write-deadline=5s",
        ]
        let adding = ["account", "add", "scm", "--provider", "sectigo", "--secret", "password=file:\(folder)/password"]
        let added = try await run(adding + settings.flatMap { ["--set", $0] })
        guard added.status == 0 else { throw KillingFailure("account add: \(added.message)") }
        try Data("run: {lease: \(lease)s}\n".utf8).write(to: URL(fileURLWithPath: "\(path)/config.yaml"))
    }

    /// Runs a command to its end, which may be that it is killed, and counts what becomes of it.
    @discardableResult
    func run(_ arguments: [String], killing: (@Sendable (Int32) async -> Void)? = nil) async throws -> KillingEnd {
        let ending = try await Program(
            program, ["--home", path] + arguments + ["--json"], environment: [:], folder: folder,
            timeLimit: Self.patience, outputLimit: 1 << 26
        ).run(whileRunning: killing)
        let said = KillingEnd(ending, of: arguments.prefix(2).joined(separator: " "))
        tally.note(said)
        return said
    }
}
