// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Proof

struct Explore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lives each scenario once for each point and each thing that can go wrong there.")

    @Option(help: "Only this scenario.") var scenario: String?
    @Option(help: "Only this point, by its number.") var point: Int?
    @Option(help: "Only what is called so, such as answer-lost.") var mode: String?
    @Flag(help: "Print the points.") var list = false

    func validate() throws {
        if point != nil, scenario == nil { throw ValidationError("a point is one of a scenario; add --scenario NAME") }
        try check(scenario, "scenario", among: Scenario.all.map(\.name))
        try check(mode, "mode", among: CrashMode.names)
    }

    private func check(_ word: String?, _ kind: String, among names: [String]) throws {
        guard let word, !names.contains(word) else { return }
        throw ValidationError("there is no \(kind) \"\(word)\"; choose one of \(names.joined(separator: ", "))")
    }

    func run() async throws {
        let chosen = Scenario.all.filter { scenario == nil || scenario == $0.name }
        var points: [CrashPoint] = []
        var lives = 0
        var failures: [Exploration.Failure] = []
        for scenario in chosen {
            let exploration = await Exploration.of(scenario, point: point, mode: mode)
            print("\(exploration)")
            if list { for point in exploration.points { print("  \(point.number) \(point.title)") } }
            points += exploration.points
            lives += exploration.lives
            failures += exploration.failures
        }
        // The life without a crash tells nothing of what was chosen.
        guard lives > chosen.count || !failures.isEmpty else {
            throw ValidationError("there is no such point, or that cannot go wrong there")
        }
        print("\(points.count) points, \(lives) lives, \(failures.count) failures")
        for failure in failures { print(failure) }
        let missing = scenario == nil ? Coverage(points).missing : []
        for one in missing { print("never explored: \(one)") }
        if !failures.isEmpty || !missing.isEmpty { throw ExitCode.failure }
    }
}
