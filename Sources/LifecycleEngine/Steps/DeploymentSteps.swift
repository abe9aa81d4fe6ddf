// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One pass over one deployment: do the step that its record says, and commit what came of it.
extension LifecycleEngine {
    func stepDeployment(_ claimed: WorkItem) async throws(RepositoryError) {
        guard let deploying else { return try await leave(claimed) }
        guard let record = try await repository.deployment(DeploymentID(claimed.subject.id)) else {
            return try await drop(claimed)
        }
        // Another host has read a newer configuration, or this one has not let go of it yet.
        guard let target = deploying.targets.first(where: { $0.name == record.target }) else {
            return try await putOff(claimed, to: time.now().advanced(by: .seconds(60)))
        }
        // Whoever is asked to stop begins nothing new.
        guard !Task.isCancelled else { return try await putOff(claimed, to: claimed.due) }
        var item = claimed
        if target.timeLimit * 2 > options.lease { try await hold(&item, for: target.timeLimit * 2) }
        let event: DeploymentEvent
        if claimed.task == Self.announce {
            guard record.canAnnounce, target.webhook != nil else { return try await drop(item) }
            event = await announce(record, to: target, deploying)
        } else {
            guard let step = record.nextStep(at: target) else {
                return try await keep(.configured, of: record, target, item)
            }
            if step == .publish, let date = try await publishingDate(of: record) {
                return try await wait(record, until: date, item)
            }
            event = try await take(step, record, target, deploying)
        }
        // What was broken off because this host is to stop has not failed.
        if Task.isCancelled, case .failed = event { return try await putOff(item, to: item.due) }
        try await keep(event, of: record, target, item)
    }

    private func take(
        _ step: DeploymentStep, _ record: DeploymentRecord, _ target: DeploymentTarget, _ deploying: any Deploying
    ) async throws(RepositoryError) -> DeploymentEvent {
        switch step {
        case .publish: try await publish(record, to: target, deploying)
        case .reload: await reload(record, at: target, deploying)
        case .announce: await announce(record, to: target, deploying)
        case .verify: await verify(record, at: target, deploying)
        }
    }

    /// `nil` when that is now.
    private func publishingDate(of record: DeploymentRecord) async throws(RepositoryError) -> Date? {
        var replaced: IssuedCertificate?
        if let id = record.inPlace { replaced = try await repository.certificate(id) }
        let date = record.publishable(replacing: replaced, in: options.windows, at: time.now())
        return date > time.now() ? date : nil
    }

    /// Looks again within the hour: what is in place may be revoked meanwhile.
    private func wait(
        _ record: DeploymentRecord, until date: Date, _ item: WorkItem
    ) async throws(RepositoryError) {
        var later = item
        later.lease = nil
        later.due = min(date, time.now().advanced(by: .seconds(3600)))
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.put(later)]
        if record.waitsUntil != date {
            var waiting = record
            waiting.waitsUntil = date
            changes.puts = [.deployment(waiting)]
        }
        try await repository.commit(changes)
    }

    /// Commits what came of a step. Announcing goes on beside the others: whoever comes second adds to what the first
    /// has written. What was done for a certificate that is not wanted any more says nothing of its successor.
    private func keep(
        _ event: DeploymentEvent, of before: DeploymentRecord, _ target: DeploymentTarget, _ item: WorkItem
    ) async throws(RepositoryError) {
        do throws(RepositoryError) {
            return try await keepOnce(event, of: before, target, item)
        } catch {
            guard case .conflict = error, let current = try await repository.deployment(before.id),
                current.revision != before.revision
            else { throw error }
            guard current.expected == before.expected else { return try await putOff(item, to: time.now()) }
            try await keepOnce(event, of: current, target, item)
        }
    }

    private func keepOnce(
        _ event: DeploymentEvent, of before: DeploymentRecord, _ target: DeploymentTarget, _ item: WorkItem
    ) async throws(RepositoryError) {
        var record = before
        let decision: DeploymentDecision
        do throws(InvalidTransition) {
            decision = try record.receive(event, at: time.now(), to: target, retry: options.retry)
        } catch {
            emit(.dropped(item.subject, step: item.step, reason: error.description))
            return try await putOff(item, to: time.now())
        }
        var changes = ChangeSet()
        changes.claimed = item
        changes.puts = [.deployment(record)]
        changes.work =
            deploymentWork(decision.main, WorkItem.life, of: record)
            + deploymentWork(decision.announcement, Self.announce, of: record)
        changes.journal = deploymentJournal(event, before, record, decision.note)
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: item.step, note: decision.note))
    }
}
