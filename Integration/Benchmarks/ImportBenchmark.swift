// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Imports by real processes from a simulated SCM that takes its time, against what the calls alone would take and
/// against the client that others wrote.
struct ImportBenchmark {
    let program: String
    let simulator: String
    /// The Python that has the other client, and the script for it; `nil` where it is not installed.
    let peer: Peer?
    /// Which part of an import is done when it is killed.
    let killAt: Double
    let folder: String

    struct Peer {
        var python: String
        var script: String
        static let certificates = 1000
    }

    private static let few = 2000
    private static let many = 20_000

    func run() async throws -> [Ratio] {
        let (small, killed) = try await withSCM(of: Self.few) { scm in
            let small = try await fresh("few", inFlight: nil, scm).importOrders()
            return (small, try await self.killed(beside: small, scm))
        }
        let ratios = try await withSCM(of: Self.many) { scm in
            let peerRate = try peerRate(scm)
            let home = try fresh("many", inFlight: nil, scm)
            let large = try await home.importOrders()
            let again = try await home.importOrders()
            let wide = try await fresh("wide", inFlight: 32, scm).importOrders()
            return [time(large, Self.many, inFlight: 8), time(wide, Self.many, inFlight: 32)]
                + memory(small, large) + [second(again, after: large)] + speed(large, wide, against: peerRate)
        }
        return [time(small, Self.few, inFlight: 8)] + ratios + [killed]
    }

    private func withSCM<Value>(of count: Int, _ body: (SimulatedSCM) async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        let scm = try await SimulatedSCM(simulator, certificates: count, in: "\(folder)/scm-\(count)")
        let seconds = decimals((ContinuousClock.now - start).milliseconds / 1000)
        Progress.say("imports: an SCM with \(count) certificates, ready after \(seconds) s")
        let result: Result<(Value, Int), any Error>
        do {
            result = .success((try await body(scm), try await scm.traffic().total))
        } catch {
            result = .failure(error)
        }
        let cost = try await scm.stop()
        let (value, calls) = try result.get()
        Progress.say(
            "imports: that SCM took \(decimals(cost.processor / Double(calls))) ms of processor for each of "
                + "\(calls) calls, and \(decimals(cost.memory)) MiB")
        return value
    }

    private func fresh(_ name: String, inFlight: Int?, _ scm: SimulatedSCM) throws -> ImportingHome {
        Progress.say("imports: into an empty home, \(inFlight ?? 8) requests in flight")
        return try ImportingHome("\(folder)/\(name)", of: program, inFlight: inFlight, at: scm)
    }

    /// The ideal has all requests in flight all the time, and everything else takes no time.
    private func time(_ run: ImportingHome.Import, _ count: Int, inFlight: Int) -> Ratio {
        let ideal = Double(run.traffic.total) * SimulatedSCM.think / Double(inFlight)
        let processor = run.cost.processor / Double(run.traffic.total)
        return Ratio(
            name: "import of \(count), \(inFlight) in flight: time / ideal", value: run.cost.milliseconds / ideal,
            aim: count == Self.many && inFlight == 8 ? .atMost(1.15) : nil,
            detail: "\(decimals(run.cost.milliseconds / 1000)) s, \(decimals(ideal / 1000)) s; calls by SCM's count "
                + "\(run.traffic.total), by ours \(run.report.calls); \(decimals(processor)) ms of processor a call; "
                + "\(run.report.new) taken in of \(run.report.listed)")
    }

    private func memory(_ small: ImportingHome.Import, _ large: ImportingHome.Import) -> [Ratio] {
        [
            Ratio(
                name: "import's memory at \(Self.many) / at \(Self.few)", value: large.cost.memory / small.cost.memory,
                aim: .atMost(1.2), detail: "\(decimals(large.cost.memory)) MiB, \(decimals(small.cost.memory)) MiB"),
            Ratio(
                name: "import's memory at \(Self.many) / 150 MiB", value: large.cost.memory / 150, aim: .atMost(1),
                detail: "\(decimals(large.cost.memory)) MiB"),
        ]
    }

    private func second(_ again: ImportingHome.Import, after first: ImportingHome.Import) -> Ratio {
        Ratio(
            name: "second import: calls / (listing pages + 10)",
            value: Double(again.traffic.total) / Double(first.traffic.lists + 10), aim: .atMost(1),
            detail: "\(again.traffic.total) calls, \(first.traffic.lists) pages; \(again.report.unchanged) unchanged "
                + "of \(again.report.listed), \(decimals(again.cost.milliseconds / 1000)) s")
    }

    /// An import that is killed and begun again makes some calls twice.
    private func killed(beside whole: ImportingHome.Import, _ scm: SimulatedSCM) async throws -> Ratio {
        let home = try fresh("killed", inFlight: nil, scm)
        let before = try await scm.traffic()
        let point = Int(killAt * Double(whole.traffic.total))
        Progress.say("imports: to be killed after \(point) of \(whole.traffic.total) calls")
        try await home.importUntilKilled(after: point)
        let rest = try await home.importOrders()
        let repeated = try await scm.traffic().since(before).total - whole.traffic.total
        // A page is the call that lists it and those that read its rows; rows without a certificate take fewer.
        let perRow = (Double(whole.traffic.total - whole.traffic.lists) / Double(whole.report.listed)).rounded(.up)
        return Ratio(
            name: "killed and started again: pages repeated", value: Double(repeated) / (1 + 200 * perRow),
            aim: .atMost(1),
            detail: "\(repeated) calls; killed after \(point) of \(whole.traffic.total) calls (--kill-at "
                + "\(decimals(killAt))), the rest took \(decimals(rest.cost.milliseconds / 1000)) s, "
                + "\(rest.report.listed) listed in all, against \(whole.report.listed)")
    }

    private struct PeerReport: Decodable {
        var certificates: Int
        var seconds: Double
    }

    /// Certificates that the other client reads by the second; `nil` where it is not installed.
    private func peerRate(_ scm: SimulatedSCM) throws -> Double? {
        guard let peer else { return nil }
        Progress.say("imports: the PyPI client reads \(Peer.certificates)")
        let output = "\(folder)/peer.json"
        _ = try ChildProcess.run(
            peer.python, [peer.script, scm.ready.address, scm.ready.root, "\(Peer.certificates)"], output: output)
        let report = try JSONDecoder().decode(PeerReport.self, from: Data(contentsOf: URL(fileURLWithPath: output)))
        return Double(report.certificates) / report.seconds
    }

    private func speed(
        _ large: ImportingHome.Import, _ wide: ImportingHome.Import, against peerRate: Double?
    ) -> [Ratio] {
        [("8", large, 6.0), ("32", wide, 20.0)].map { inFlight, run, aim in
            Ratio(
                name: "certificates a second, \(inFlight) in flight / PyPI client",
                value: peerRate.map { run.rate / $0 }, aim: .atLeast(aim),
                detail: "\(decimals(run.rate))/s, "
                    + (peerRate.map { "\(decimals($0))/s" } ?? "no cert-manager to compare with: make peer"))
        }
    }
}
