// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostSupport
import LifecycleEngine

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "The master key, with which everything secret is sealed.",
        discussion: "Example: publicca key rotate", subcommands: [KeyRotateCommand.self])
}

struct KeyRotateCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Seal everything anew, with a new master key.",
        discussion: "Example: publicca key rotate --old-key old-master.key")

    @Option(help: ArgumentHelp("Write the old key here, for backups made before.", valueName: "file"))
    var oldKey: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        let kept = oldKey.map { session.absolute($0) }
        let report = try await KeyRotation(composition, environment: session.environment).run(keepingOldIn: kept)
        let counts = report.resealed
        let old = report.dropped.joined(separator: ", ")
        try session.output.result(
            .object([
                "key": .text(report.key), "dropped": .list(report.dropped.map { .text($0) }),
                "resealed": .object([
                    "keys": .number(counts.keys), "memories": .number(counts.memories),
                    "keystorePasswords": .number(counts.keystorePasswords),
                    "accountSecrets": .number(counts.accountSecrets),
                ]),
                "oldKeyFile": .optional(kept),
            ]),
            text: "everything is sealed with master key \(report.key) now: \(counts.keys) private keys, "
                + "\(counts.memories) memories, \(counts.keystorePasswords) keystore passwords, "
                + "\(counts.accountSecrets) secrets of accounts")
        let end =
            report.isGiven
            ? "take the old key \(old) out of \(Home.masterKeyVariable)" : "put the new master.key into a safe"
        session.output.note("\(end); backups made before need the old key \(old)")
        return .done
    }
}
