// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs the program as people and services do, kills it hundreds of times, and counts what was bought and what is kept.
package struct KillHarness: Sendable {
    /// The built `publicca`.
    package var program: String
    /// The built `scm-simulator`.
    package var simulator: String
    /// How many certificates are ordered; two fifths of them get a successor as well.
    package var orders: Int
    /// The least number of kills.
    package var kills: Int
    /// How many processes work on the home at once, a third of them services.
    package var processes: Int
    /// What chance follows. The plan of the kills is the same for the same seed; what each of them meets is the machine's.
    package var seed: UInt64
    /// The share of calls whose answers are lost.
    package var lost: Double
    /// The share of calls that are answered with 502 or 503.
    package var errors: Double
    /// For how long what a killed process had begun is left to it, in seconds.
    package var lease: Int
    /// Told how far it is.
    package var say: @Sendable (String) -> Void

    package init(
        program: String, simulator: String, orders: Int, kills: Int, processes: Int, seed: UInt64, lost: Double,
        errors: Double, lease: Int, say: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.program = program
        self.simulator = simulator
        self.orders = orders
        self.kills = kills
        self.processes = processes
        self.seed = seed
        self.lost = lost
        self.errors = errors
        self.lease = lease
        self.say = say
    }

    /// - Parameter folder: where the home and all that belongs to it lie; it is there, and empty.
    package func run(in folder: String) async throws -> KillReport {
        let began = ContinuousClock.now
        var report = try await SimulatorProcess.serve(simulator, in: folder) { scm in
            let home = KillingHome(program: program, folder: folder, tally: KillTally())
            try await home.make(at: scm, lease: lease)
            let wishes = try await storm(home, scm)
            try await scm.calm()
            try await KillingRest(home: home, say: say).reach()
            say("counting")
            return try await KillAudit(home: home, scm: scm).report(wishes)
        }
        report.seconds = Double((ContinuousClock.now - began).components.seconds)
        return report
    }

    /// Kills until every wish is on record and there were kills enough.
    private func storm(_ home: KillingHome, _ scm: SimulatorProcess) async throws -> [KillingWish] {
        var random = SeededRandom(seed: seed)
        let wishes = KillingWish.all(orders: orders, kills: kills * 3 / 4, using: &random)
        let killer = Killer(scm: scm, log: home.log)
        let began = ContinuousClock.now
        _ = try await home.certificates()
        let start = ContinuousClock.now - began
        try await scm.misbehave(lost: lost, errors: errors, seed: random.next())
        let services = KillingServices(home: home, killer: killer, seed: random.next())
        let users = KillingUsers(home: home, killer: killer, span: start * 3 + .milliseconds(200))
        try await withThrowingTaskGroup(of: Void.self) { group in
            let serving = max(1, processes / 3)
            group.addTask {
                try await services.run(serving) {
                    let counts = home.tally.counts
                    return counts.areUsersThrough && counts.killed >= kills
                }
            }
            group.addTask {
                try await users.fulfil(wishes, together: max(1, processes - serving))
                home.tally.usersAreThrough()
            }
            group.addTask {
                while !home.tally.counts.areUsersThrough {
                    try await Task.sleep(for: .seconds(5))
                    say("\(home.tally.counts.killed) kills, \(try await scm.calls()) calls")
                }
            }
            try await group.waitForAll()
        }
        return wishes
    }
}
