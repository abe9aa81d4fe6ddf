// SPDX-License-Identifier: Apache-2.0

import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A home with an account at the simulated SCM, and the program that imports into it.
struct ImportingHome {
    let program: String
    let folder: String
    let scm: SimulatedSCM

    /// One run of `order import` from outside.
    struct Import {
        /// What the command said.
        var report: Report
        var cost: ChildProcess.Cost
        /// What the simulator counted meanwhile.
        var traffic: SimulatedSCM.Traffic

        struct Report: Decodable {
            var listed: Int
            var new: Int
            var unchanged: Int
            var calls: Int
        }

        /// Certificates taken in by the second.
        var rate: Double { Double(report.new) / cost.milliseconds * 1000 }
    }

    /// Makes the home. The bound on requests is the default where none is named.
    init(_ folder: String, of program: String, inFlight: Int?, at scm: SimulatedSCM) throws {
        self.program = program
        self.folder = folder
        self.scm = scm
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("master-password".utf8).write(to: URL(fileURLWithPath: "\(folder)/password"))
        var settings = [
            "address=\(scm.ready.address)/api", "extra-root=\(scm.ready.root)", "user=master", "customer-uri=acme",
        ]
        if let inFlight { settings.append("requests-in-flight=\(inFlight)") }
        let adding = ["account", "add", "scm", "--provider", "sectigo", "--secret", "password=file:\(folder)/password"]
        _ = try ChildProcess.run(program, arguments(adding + settings.flatMap { ["--set", $0] }))
    }

    private func arguments(_ command: [String]) -> [String] { ["--home", "\(folder)/home", "--quiet"] + command }

    /// Longer than any import here takes.
    private var importing: [String] {
        arguments(["order", "import", "--account", "scm", "--wait", "3600", "--json"])
    }

    private var output: String { "\(folder)/import.json" }

    func importOrders() async throws -> Import {
        let before = try await scm.traffic()
        let cost = try ChildProcess.run(program, importing, output: output)
        let report = try JSONDecoder().decode(Import.Report.self, from: Data(contentsOf: URL(fileURLWithPath: output)))
        let traffic = try await scm.traffic().since(before)
        Progress.say("imports: \(traffic.total) calls in \(decimals(cost.milliseconds / 1000)) s")
        return Import(report: report, cost: cost, traffic: traffic)
    }

    /// Begins an import and kills it when SCM has counted so many calls of it.
    func importUntilKilled(after calls: Int) async throws {
        let before = try await scm.traffic()
        let process = try ChildProcess(program, importing, output: output)
        let latest = ContinuousClock.now + .seconds(120)
        var made = 0
        while made < calls, ContinuousClock.now < latest {
            try await Task.sleep(for: .milliseconds(5))
            made = try await scm.traffic().since(before).total
        }
        process.send(signal: SIGKILL)
        guard try process.end().status == SIGKILL else {
            throw ChildProcess.Failure(description: "the import ended before it was killed")
        }
        guard made >= calls else {
            throw ChildProcess.Failure(description: "the import made \(made) calls in 120 s, and not \(calls)")
        }
    }
}
