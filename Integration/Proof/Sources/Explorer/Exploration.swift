// SPDX-License-Identifier: Apache-2.0

/// A scenario with everything that can go wrong at each of its points.
package struct Exploration: Sendable {
    /// A crash after which something does not hold.
    package struct Failure: Sendable, CustomStringConvertible {
        package var scenario: String
        package var point: CrashPoint?
        package var mode: CrashMode?
        package var findings: [String]

        package var description: String {
            guard let point, let mode else {
                return "\(scenario), nothing going wrong: \(findings.joined(separator: "; "))"
            }
            return "\(scenario), \(mode) at \(point.title): \(findings.joined(separator: "; "))\n"
                + "  prove explore --scenario \(scenario) --point \(point.number) --mode \(mode)"
        }
    }

    package var scenario: String
    package var points: [CrashPoint] = []
    /// Lives that were lived, the one without a crash among them.
    package var lives = 0
    package var failures: [Failure] = []

    /// Lives it once to see its points, and then once for each point and each thing that can go wrong there.
    ///
    /// - Parameters:
    ///   - point: only this one; `nil` for all.
    ///   - mode: only what is called so; `nil` for all.
    ///   - breakage: what a broken engine would do, to see that it is found.
    package static func of(
        _ scenario: Scenario, point: Int? = nil, mode: String? = nil, breakage: @escaping Breakage = { $0 }
    ) async -> Exploration {
        var exploration = Exploration(scenario: scenario.name)
        let quiet = Life(scenario, breakage)
        exploration.points = await quiet.run()
        exploration.add(quiet, nil)
        // Its points have no end.
        if quiet.ledger.findings.contains(Life.restless) { return exploration }
        for crash in exploration.points where point == nil || point == crash.number {
            for one in crash.modes where mode == nil || mode == one.description {
                let life = Life(scenario, breakage)
                _ = await life.run((crash, one))
                exploration.add(life, (crash, one))
            }
        }
        return exploration
    }

    /// What the first host does when nothing goes wrong.
    package static func points(of scenario: Scenario) async -> [CrashPoint] { await Life(scenario).run() }

    private mutating func add(_ life: Life, _ crash: (point: CrashPoint, mode: CrashMode)?) {
        lives += 1
        guard !life.ledger.findings.isEmpty else { return }
        failures.append(
            Failure(scenario: scenario, point: crash?.point, mode: crash?.mode, findings: life.ledger.findings))
    }
}

extension Exploration: CustomStringConvertible {
    package var description: String {
        "\(scenario): \(points.count) points, \(lives) lives, \(failures.count) failures"
    }
}
