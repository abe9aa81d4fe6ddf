// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `make bench`: how costly things are, each as a ratio of something measured in the same run.
@main
struct Benchmarks: AsyncParsableCommand {
    enum Part: String, ExpressibleByArgument, CaseIterable {
        case commits, orders, commands, imports, unattended
    }

    static let configuration = CommandConfiguration(commandName: "benchmarks")

    @Option(help: "The publicca to measure; without it, commands are left out.") var program: String?
    @Option(help: "Orders in the large home.") var orders = 100_000
    @Option(help: "Rounds; the medians are shown.") var rounds = 9
    @Option(help: "Only commits, orders, commands, imports or unattended.") var part: Part?
    @Option(help: "The scm-simulator to import from; without it, imports are left out.") var simulator: String?
    @Option(help: "A Python with cert-manager, which make peer installs.") var python = ".build/python/bin/python"
    @Option(help: "What that Python is to run.") var peer = "Integration/SCMSimulator/Peer/rate.py"
    @Option(help: "Which part of an import is done when it is killed, from 0 to 1; by chance without it.")
    var killAt: Double?
    @Option(help: "Certificates in the home of a service.") var certificates = 1_000_000
    @Option(help: "Make the large home here, and measure nothing.") var seed: String?
    @Option(help: "Make the home of a service here, and measure nothing.") var seedKept: String?
    @Flag(help: "With seed-kept: leave the plans to be made.") var due = false
    @Flag(help: "End with 1 when an aim is missed.") var strict = false

    func validate() throws {
        guard orders > 0, rounds > 0 else { throw ValidationError("orders and rounds begin at 1") }
        guard (0...1).contains(killAt ?? 0) else { throw ValidationError("kill-at is from 0 to 1") }
    }

    func run() async throws {
        if let seed { return try await Inventory.make(orders, in: seed) }
        if let seedKept { return try await KeptInventory.make(certificates, isDue: due, in: seedKept) }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let result: Result<[Ratio], any Error>
        do {
            result = .success(try await ratios(folder.path))
        } catch {
            result = .failure(error)
        }
        try FileManager.default.removeItem(at: folder)
        let ratios = try result.get()
        print(Ratio.table(ratios))
        if strict, ratios.contains(where: { $0.outcome == .missed }) { throw ExitCode.failure }
    }

    private var ourselves: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }

    private func ratios(_ folder: String) async throws -> [Ratio] {
        var ratios: [Ratio] = []
        // First, while this process is small: a child's memory counts from what its parent had when it was made.
        if let program, part == nil || part == .commands {
            let home = "\(folder)/home"
            let seeding = ["--seed", home, "--orders", "\(orders)"]
            _ = try ChildProcess.run(ourselves, seeding)
            ratios += try CommandBenchmark.run(program: program, home: home, rounds: rounds)
        }
        if let program, part == nil || part == .unattended {
            ratios += try UnattendedBenchmark(
                program: program, seeding: ourselves, folder: folder, certificates: certificates, rounds: rounds
            ).run()
        }
        if let program, let simulator, part == nil || part == .imports {
            let isPeerThere = FileManager.default.isExecutableFile(atPath: python)
            ratios += try await ImportBenchmark(
                program: program, simulator: simulator,
                peer: isPeerThere ? .init(python: python, script: peer) : nil, killAt: killAt ?? .random(in: 0.1...0.9),
                folder: folder
            ).run()
        }
        if part == nil || part == .commits {
            ratios += try await CommitBenchmark.run(in: folder, orders: 300, rounds: rounds)
        }
        if part == nil || part == .orders {
            ratios += try await OrderBenchmark.run(in: folder, rounds: rounds * 5)
        }
        return ratios
    }
}
