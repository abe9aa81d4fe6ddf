// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCATesting

/// One life of a scenario: somebody asks for something at the first host, something may go wrong there, and two more
/// hosts go on with what is on record.
final class Life: Sendable {
    let scenario: Scenario
    let surroundings: Surroundings

    init(_ scenario: Scenario, _ breakage: @escaping Breakage = { $0 }) {
        self.scenario = scenario
        surroundings = Surroundings(scenario, breakage)
    }

    /// So long a host sleeps, if the others do not come to rest before.
    private static let sleep = Duration.seconds(86_400)

    var ledger: Ledger { surroundings.ledger }

    /// Lives it, and returns what the first host did, in order. What is wrong is in the ledger.
    ///
    /// - Parameter crash: what goes wrong, and where; `nil` for nothing.
    func run(_ crash: (point: CrashPoint, mode: CrashMode)? = nil) async -> [CrashPoint] {
        let second = host("second", on: "one", seed: 2)
        let third = host("third", on: "another", seed: 3)
        let first = host(
            "first", on: "one", seed: 1,
            Gate(
                crash.map { crash in
                    Gate.Fault(place: crash.point.place, mode: crash.mode) {
                        // The first may have given up meanwhile what it sleeps in: what is cancelled are not the others.
                        await Task {
                            await self.attempt { try await self.rest(within: Self.sleep) { _ in [second, third] } }
                        }.value
                    }
                }))
        defer { first.gate.disarm() }
        await attempt {
            try await self.scenario.before(Stage(life: self, host: self.host("before", on: "one", seed: 0)))
        }
        let end = surroundings.date(after: scenario.span)
        if await !isGranted(by: first) { _ = await isGranted(by: second, again: true) }
        let hosts: @Sendable (Int) -> [Host] = { round in
            guard first.gate.hasFailed else { return [first] }
            let hosts = [first, second, third].filter { !$0.gate.isClosed }
            // By turns, so that each comes first now and then.
            return Array(hosts[(round % hosts.count)...] + hosts[..<(round % hosts.count)])
        }
        await attempt {
            try await self.rest(until: end, hosts)
            try await self.rest(until: self.surroundings.date(after: self.scenario.echo), hosts)
        }
        if crash != nil, !first.gate.hasFailed { ledger.find("the point was not reached") }
        await attempt { try await self.inspect(as: Stage(life: self, host: third)) }
        return first.gate.points
    }

    private func host(_ name: String, on machine: String, seed: UInt64, _ gate: Gate = Gate()) -> Host {
        Host(name, on: machine, seed: seed, in: surroundings, scenario, gate)
    }

    /// Asks for what the scenario is about. Returns whether the person was told that it is on record, or comes too late.
    private func isGranted(by host: Host, again: Bool = false) async -> Bool {
        do {
            try await scenario.wish(Stage(life: self, host: host))
            return true
        } catch let error as LifecycleError where again && error.code == .refused {
            return true
        } catch {
            if again || !host.gate.hasFailed { ledger.find("the wish failed: \(error)") }
            return false
        }
    }

    private func attempt(_ act: () async throws -> Void) async {
        do { try await act() } catch { ledger.find("failed: \(error)") }
    }
}
