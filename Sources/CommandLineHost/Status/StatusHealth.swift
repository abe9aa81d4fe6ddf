// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel

/// Whether what should work by itself does.
struct StatusHealth: Sendable {
    /// When a host that runs was last seen.
    var seenAt: Date?
    /// What is due next, of whatever comes to an end.
    var next: WorkItem?
    var accounts = 0
    /// Accounts of which nothing goes on.
    var hampered = 0
    var channels = 0
    /// Channels whose last message has not arrived.
    var failingChannels = 0
    var deadLetters = 0
    var deployments = 0
    var troubledDeployments = 0
    /// Deployments that rest as they should; `nil` where there are too many to look at each.
    var goodDeployments: Int?
    var renewals = 0
    /// Renewals that were due more than a day ago, and that no order is under way for.
    var lateRenewals = 0
    /// There may be more of them.
    var isLateLeast = false

    static func read(
        _ engine: LifecycleEngine, _ attention: [Attention], _ counts: Counts, at now: Date
    ) async throws(LifecycleError) -> StatusHealth {
        var health = StatusHealth()
        health.seenAt = try await engine.lastWatch()
        let repository = engine.repository
        health.next = try await reading { () async throws(RepositoryError) in
            try await repository.work(after: nil, limit: 100).items.first { !$0.isWatch }
        }
        health.accounts = try await reading { () async throws(RepositoryError) in
            try await repository.accounts().count
        }
        let kinds: [Attention.Kind] = [.accountPaused, .accountClosed, .accountUnreachable]
        health.hampered = attention.count { kinds.contains($0.kind) }
        let channels = try await engine.channels()
        health.channels = channels.count
        health.failingChannels = channels.count { $0.record?.problem != nil }
        health.deadLetters = channels.map { $0.record?.deadLetters.count ?? 0 }.reduce(0, +)
        health.deployments = counts.deployments
        health.troubledDeployments = counts.troubledDeployments
        health.renewals = counts.renewals.values.reduce(0, +)
        let late = try await reading { () async throws(RepositoryError) in
            try await repository.lateRenewals(at: now, enough: .max)
        }
        (health.lateRenewals, health.isLateLeast) = (late.found.count, late.isLeast)
        health.goodDeployments = try await reading { () async throws(RepositoryError) in
            try await goodDeployments(repository, counts)
        }
        return health
    }

    /// The numbers that are kept do not tell those that are under way, so up to 2000 are read.
    private static func goodDeployments(
        _ repository: any LifecycleRepository, _ counts: Counts
    ) async throws(RepositoryError) -> Int? {
        guard counts.deployments <= 2000 else { return nil }
        var query = DeploymentQuery()
        query.limit = 2000
        return try await repository.deployments(query).items.count(where: \.isGood)
    }

    /// How long the next work has been due, in seconds.
    func lag(at now: Date) -> Int? { next.map { max(0, Int(now.timeIntervalSince($0.due))) } }

    /// A line for each thing that there is.
    func lines(at now: Date) -> [(name: String, text: String)] {
        var lines = [("run", running(at: now)), ("next work", nextWork(at: now))]
        if accounts > 0 { lines.append(("accounts", "\(accounts - hampered) of \(accounts) can be asked")) }
        if channels > 0 {
            lines.append(
                (
                    "channels",
                    "\(channels - failingChannels) of \(channels) deliver, \(deadLetters) undelivered messages"
                ))
        }
        if deployments > 0 { lines.append(("deployments", deploying)) }
        if renewals > 0 {
            lines.append(("renewals", "\(renewals) planned, \(isLateLeast ? "at least " : "")\(lateRenewals) late"))
        }
        return lines
    }

    private var deploying: String {
        guard let good = goodDeployments else { return "\(deployments) kept, \(troubledDeployments) in trouble" }
        let underWay = max(0, deployments - good - troubledDeployments)
        return "\(good) of \(deployments) are as they should be"
            + (troubledDeployments > 0 ? ", \(troubledDeployments) in trouble" : "")
            + (underWay > 0 ? ", \(underWay) under way" : "")
    }

    private func running(at now: Date) -> String {
        guard let seenAt else { return "nothing works unattended; that begins with: publicca run" }
        let isFresh = now.timeIntervalSince(seenAt) < 180
        return isFresh ? "last seen \(Dates.text(seenAt))" : "not seen since \(Dates.text(seenAt))"
    }

    private func nextWork(at now: Date) -> String {
        guard let next else { return "nothing is due" }
        let lag = lag(at: now) ?? 0
        return "\(next.subject) \(next.step) at \(Dates.text(next.due))" + (lag < 60 ? "" : ", late by \(lag) s")
    }

    func json(at now: Date) -> JSONDocument {
        .object([
            "seenAt": .date(seenAt), "lagSeconds": .optional(lag(at: now)),
            "accounts": .object(["total": .number(accounts), "working": .number(accounts - hampered)]),
            "channels": .object([
                "total": .number(channels), "failing": .number(failingChannels), "deadLetters": .number(deadLetters),
            ]),
            "deployments": .object([
                "total": .number(deployments), "served": .optional(goodDeployments),
            ]),
            "renewals": .object(["planned": .number(renewals), "late": .number(lateRenewals)]),
        ])
    }
}

extension DeploymentRecord {
    /// At rest, with nothing to say against it.
    var isGood: Bool { [.current, .superseded].contains(phase) && !isTroubled && problem == nil }
}
