// SPDX-License-Identifier: Apache-2.0

/// Something that has to be well for this process to be of use.
package struct HealthCheck: Sendable {
    /// What is looked at, in one word.
    package var name: String
    /// Why it is not well, as a sentence without secrets; `nil` when it is.
    package var problem: @Sendable () async -> String?

    package init(_ name: String, problem: @escaping @Sendable () async -> String?) {
        self.name = name
        self.problem = problem
    }
}

/// What `/readyz` answers from.
package struct HealthReport: Sendable {
    private let checks: [(name: String, read: SharedReading<String?>)]
    private let limit: Duration
    private let clock: any Clock<Duration>

    /// - Parameter limit: how long each check may take.
    package init(
        _ checks: [HealthCheck], limit: Duration = .seconds(2), clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.checks = checks.map { ($0.name, SharedReading($0.problem)) }
        self.limit = limit
        self.clock = clock
    }

    package struct Reason: Hashable, Sendable, Encodable {
        package var check: String
        package var problem: String
    }

    /// Everything that is not well; empty when all is.
    package func reasons() async -> [Reason] {
        var reasons: [Reason] = []
        for (name, read) in checks {
            switch await answer(within: limit, on: clock, { await read() }) {
            case .some(nil): continue
            case .some(.some(let problem)): reasons.append(Reason(check: name, problem: problem))
            case nil: reasons.append(Reason(check: name, problem: "no answer in time"))
            }
        }
        return reasons
    }
}
