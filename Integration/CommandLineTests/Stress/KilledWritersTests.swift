// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Eight processes write into one home, and are killed while they do.
struct KilledWritersTests {
    /// What became of a command that was let run.
    private struct Outcome {
        var name: String
        var status: Int32
        var error: String
    }

    @Test func `of eight writers that are killed now and then, nothing that was acknowledged is lost`() async throws {
        let command = try await PublicCACommand.withAccount()
        let outcomes = try await withThrowingTaskGroup(of: [Outcome].self) { group in
            for writer in 0..<8 { group.addTask { try await write(writer, command) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(
            outcomes.allSatisfy { [0, 3].contains($0.status) }, "\(outcomes.filter { ![0, 3].contains($0.status) })")
        let acknowledged = outcomes.filter { $0.status == 0 }.map(\.name)
        #expect(acknowledged.count > 8)
        #expect(try await command.run("doctor").status == 0)
        #expect(try await command.run("journal", "--verify").status == 0)
        let certificates = try await command.items("certificate", "list")
        for name in acknowledged {
            let certificate = certificates.first { $0["commonName"] as? String == name }
            #expect(certificate?["hasPrivateKey"] as? Bool == true, "\(name)")
            let exported = try await command.run("certificate", "export", name, "--with-key")
            #expect(exported.status == 0 && exported.text.contains("PRIVATE KEY"), "\(name): \(exported.error)")
        }
        let orders = try await command.items("order", "list")
        #expect(Set(orders.compactMap { $0["commonName"] as? String }).count == orders.count)
    }

    /// Every third command is killed, each at another moment of its life.
    private func write(_ writer: Int, _ command: PublicCACommand) async throws -> [Outcome] {
        var outcomes: [Outcome] = []
        for number in 0..<6 {
            let name = "n\(writer)-\(number).example.org"
            let arguments = [
                "order", "create", "--account", "demo", "--profile", "Mock DV", "--name", name, "--key", "ec-p256",
                "--order-key", name,
            ]
            if (writer + number) % 3 == 0 {
                try await command.run(arguments, killedAfter: .milliseconds(40 + 75 * writer))
            } else {
                let ended = try await command.run(arguments)
                outcomes.append(Outcome(name: name, status: ended.status, error: ended.error))
            }
        }
        return outcomes
    }
}
