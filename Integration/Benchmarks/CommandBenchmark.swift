// SPDX-License-Identifier: Apache-2.0

/// Commands on a large home, against a command that opens nothing.
enum CommandBenchmark {
    private static let commands: [(arguments: [String], aim: Double)] = [
        (["order", "list"], 2), (["status"], 2), (["order", "list", "--json"], 2), (["status", "--json"], 2),
        (["certificate", "list"], 2), (["certificate", "list", "--json"], 2),
        (["order", "list", "--name", "host4711*"], 2), (["order", "list", "--name", "*99.example.org"], 2),
        (["order", "list", "--state", "stuck"], 2), (["certificate", "list", "--expires-within", "7"], 2),
        (["order", "show", "host4711.example.org"], 2), (["journal", "host4711.example.org"], 2),
    ]

    static func run(program: String, home: String, rounds: Int) throws -> [Ratio] {
        try commands.map { arguments, aim in
            let text = arguments.joined(separator: " ")
            Progress.say("publicca \(text): \(rounds) rounds")
            _ = try ChildProcess.run(program, ["--home", home, "--quiet"] + arguments)
            var ours: [ChildProcess.Cost] = []
            var bare: [ChildProcess.Cost] = []
            for _ in 1...rounds {
                ours.append(try ChildProcess.run(program, ["--home", home, "--quiet"] + arguments))
                bare.append(try ChildProcess.run(program, ["--version"]))
            }
            let ratio = zip(ours, bare).map { $0.milliseconds / $1.milliseconds }.median
            func figures(_ all: [ChildProcess.Cost]) -> String {
                "\(decimals(all.map(\.milliseconds).median)) ms \(decimals(all.map(\.memory).median)) MiB"
            }
            return Ratio(
                name: "publicca \(text) / --version", value: ratio, aim: .atMost(aim),
                detail: "\(figures(ours)), \(figures(bare))")
        }
    }
}
