// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a service costs that has nothing to do, and how fast several of them share what there is.
struct UnattendedBenchmark {
    let program: String
    /// Makes homes, in a process of its own: a child's memory counts from what its parent had.
    let seeding: String
    let folder: String
    let certificates: Int
    let rounds: Int

    func run() throws -> [Ratio] {
        let (small, large) = ("\(folder)/kept-small", "\(folder)/kept-large")
        try seed(small, 1000)
        try seed(large, certificates)
        return try [["auto-renew", "run"], ["status"], ["status", "--json"]].map { try scan($0, small, large) }
            + [idle(large)] + shared()
    }

    private func seed(_ home: String, _ count: Int, _ more: String...) throws {
        _ = try ChildProcess.run(seeding, ["--seed-kept", home, "--certificates", "\(count)"] + more)
    }

    /// None is due: a look at an index, however many there are.
    private func scan(_ arguments: [String], _ small: String, _ large: String) throws -> Ratio {
        let text = arguments.joined(separator: " ")
        Progress.say("publicca \(text): \(rounds) rounds")
        func cost(_ home: String) throws -> Double {
            try ChildProcess.run(program, ["--home", home, "--quiet"] + arguments).milliseconds
        }
        _ = (try cost(small), try cost(large))
        let pairs = try (1...rounds).map { _ in (try cost(small), try cost(large)) }
        let (few, many) = (pairs.map(\.0).median, pairs.map(\.1).median)
        return Ratio(
            name: "publicca \(text): \(certificates) / 1000 certificates", value: pairs.map { $1 / $0 }.median,
            aim: .atMost(3), detail: "\(decimals(many)) ms, \(decimals(few)) ms")
    }

    private func idle(_ home: String) throws -> Ratio {
        Progress.say("an idle run: 20 s")
        let process = try ChildProcess(program, ["--home", home, "--quiet", "run"], output: "/dev/null")
        Thread.sleep(forTimeInterval: 20)
        process.send(signal: SIGTERM)
        let cost = try process.end()
        return Ratio(
            name: "an idle run's memory at \(certificates) / 60 MiB", value: cost.memory / 60, aim: .atMost(1),
            detail: "\(decimals(cost.memory)) MiB, \(decimals(cost.processor)) ms of processor in 20 s")
    }

    /// Plans to be made, which ask no CA: claim, decide, commit.
    private func shared() throws -> [Ratio] {
        let items = 6000
        var alone: Double?
        return try [1, 2, 4].map { processes in
            let home = "\(folder)/shared-\(processes)"
            try seed(home, items, "--due")
            Progress.say("\(processes) processes on one home")
            let start = ContinuousClock.now
            let all = try (1...processes).map { _ in
                try ChildProcess(program, ["--home", home, "--quiet", "run", "--once"], output: "/dev/null")
            }
            for process in all { _ = try process.end() }
            let rate = Double(items) * 1000 / (ContinuousClock.now - start).milliseconds
            alone = alone ?? rate
            return Ratio(
                name: "work claimed and done a second, \(processes) processes / 1", value: rate / (alone ?? rate),
                aim: nil, detail: "\(decimals(rate))/s")
        }
    }
}
