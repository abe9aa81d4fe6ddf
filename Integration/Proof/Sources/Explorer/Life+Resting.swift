// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCATesting
import RepositoryTesting

/// Hosts by turns do what is due, and time moves on to what is due next.
extension Life {
    /// More rounds than any scenario takes.
    private static let patience = 500
    static let restless = "it does not come to rest"

    /// Goes on until nothing is owed any more, and a date has come.
    ///
    /// - Parameters:
    ///   - limit: how long it goes on at most.
    ///   - hosts: who is at work in a round.
    func rest(
        until end: Date = .distantPast, within limit: Duration? = nil, _ hosts: @Sendable (Int) -> [Host]
    ) async throws {
        let latest = limit.map { surroundings.date(after: $0) } ?? .distantFuture
        for round in 0..<Self.patience {
            if try await work(hosts(round)) { continue }
            guard let wake = try await nextDate(until: end), wake <= latest else { return }
            await surroundings.move(to: wake)
        }
        ledger.find(Self.restless)
    }

    /// Everybody takes one item, and then each does its own: what they do is interleaved as finely as their leases allow.
    /// Returns whether anything was done.
    private func work(_ hosts: [Host]) async throws -> Bool {
        var claimed: [(host: Host, item: WorkItem)] = []
        for host in hosts {
            try await excused(host) {
                for item in try await host.engine.claimDue(1) { claimed.append((host, item)) }
            }
        }
        for (host, item) in claimed {
            try await excused(host) { try await host.engine.work(on: item) }
        }
        return !claimed.isEmpty
    }

    /// Only what went wrong on purpose may end a step.
    private func excused(_ host: Host, _ act: () async throws -> Void) async throws {
        do { try await act() } catch {
            if !host.gate.hasFailed { throw error }
        }
    }

    private func nextDate(until end: Date) async throws -> Date? {
        let now = surroundings.time.now()
        var dates = [surroundings.nextArrival].compactMap { $0 }
        for item in try await surroundings.repository.work(after: nil, limit: 1000).items {
            let date = max(item.due, item.lease?.until ?? .distantPast)
            let isOwed = try await isAwaited(item)
            if isOwed || date <= end { dates.append(date) }
        }
        if now < end { dates.append(end) }
        return dates.min()
    }

    /// Whether an item comes to its end by itself. The others are done again and again.
    private func isAwaited(_ item: WorkItem) async throws -> Bool {
        switch WorkKind(item) {
        case .order, .revocation, .importRun, .deploy, .catalogs, .replan: return true
        case .check: return !scenario.isDutiful
        case .renewal, .duty, .retention, .alerts, .channel, nil: return false
        case .deployment:
            let record = try await surroundings.repository.deployment(DeploymentID(item.subject.id))
            return record?.phase != .current
        }
    }
}
