// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Proof

/// `prove kill`: bought ÷ kept, when the program is killed hundreds of times.
struct KillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "Kills publicca hundreds of times, and counts what was bought and what is kept.")

    @Option(help: "The publicca to kill.") var program: String
    @Option(help: "The scm-simulator that it buys from.") var simulator: String
    @Option(help: "Certificates to order; two fifths of them get a successor, too.") var orders = 300
    @Option(help: "The least number of kills.") var kills = 500
    @Option(help: "Processes at once, a third of them services.") var processes = 6
    @Option(help: "Repeats a plan of kills; by chance without it.") var seed: UInt64?
    @Option(help: "The share of calls whose answers are lost.") var lost = 0.15
    @Option(help: "The share of calls that get 502 or 503.") var errors = 0.15
    @Option(help: "How many seconds what a killed process had begun is left to it.") var lease = 20
    @Option(help: "Where the home is made, and left; without it, it is gone afterwards.") var folder: String?

    func validate() throws {
        guard orders > 0, kills >= 0, processes > 1 else { throw ValidationError("orders begin at 1, processes at 2") }
        guard lost >= 0, errors >= 0, lost + errors < 1 else {
            throw ValidationError("lost and errors are shares, and together below 1")
        }
    }

    func run() async throws {
        let seed = seed ?? .random(in: 1...999_999)
        print("seed \(seed)")
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("prove-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder ?? place, withIntermediateDirectories: true)
        let harness = KillHarness(
            program: program, simulator: simulator, orders: orders, kills: kills, processes: processes, seed: seed,
            lost: lost, errors: errors, lease: lease
        ) { FileHandle.standardError.write(Data("\($0)\n".utf8)) }
        let report = try await harness.run(in: folder ?? place)
        if folder == nil { try FileManager.default.removeItem(atPath: place) }
        for line in report.lines { print(line) }
        print("\n\(report.table)\n")
        guard report.isClean, report.killed >= kills else { throw ExitCode.failure }
    }
}
