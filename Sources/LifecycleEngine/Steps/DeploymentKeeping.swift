// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What is on record of deployments, beside their steps.
extension LifecycleEngine {
    /// Adds what an event from outside makes of a deployment. A step that is under way ends first: two hosts must not be
    /// at one target at once.
    func apply(
        _ event: DeploymentEvent, to before: DeploymentRecord, at target: DeploymentTarget,
        in changes: inout ChangeSet
    ) async throws(RepositoryError) {
        var record = before
        let decision: DeploymentDecision
        do throws(InvalidTransition) {
            decision = try record.receive(event, at: time.now(), to: target, retry: options.retry)
        } catch {
            return emit(.dropped(.deployment(record.id), step: "", reason: error.description))
        }
        changes.puts.append(.deployment(record))
        let subject = Subject.deployment(record.id)
        if case .step(_, let due) = decision.main, try await repository.work(subject, task: WorkItem.life) != nil {
            changes.work.append(.hasten(subject, task: WorkItem.life, to: due))
        } else {
            changes.work += deploymentWork(decision.main, WorkItem.life, of: record)
        }
        changes.work += deploymentWork(decision.announcement, Self.announce, of: record)
        changes.journal += deploymentJournal(event, before, record, decision.note)
    }

    func deploymentWork(
        _ next: DeploymentDecision.Next, _ task: String, of record: DeploymentRecord
    ) -> [WorkChange] {
        let subject = Subject.deployment(record.id)
        return switch next {
        case .unchanged: []
        case .nothing: [.remove(subject, task: task)]
        case .step(let step, let due):
            [.put(WorkItem(subject: subject, task: task, account: "", step: step.rawValue, due: due))]
        }
    }

    /// A line when something has changed, not for each time that it is seen to be the same.
    func deploymentJournal(
        _ event: DeploymentEvent, _ before: DeploymentRecord, _ after: DeploymentRecord, _ note: String
    ) -> [JournalEntry] {
        guard let word = event.word(before, after) else { return [] }
        return [journal(.deployment(after.id), name: after.commonName, word, "\(after.target): \(note)")]
    }

    /// Drops a deployment. What lies at the target stays there.
    func release(_ record: DeploymentRecord, because reason: String, in changes: inout ChangeSet) {
        let subject = Subject.deployment(record.id)
        changes.deletes.append(.deployment(record))
        changes.work += [.remove(subject, task: WorkItem.life), .remove(subject, task: Self.announce)]
        changes.journal.append(
            journal(subject, name: record.commonName, "released", "\(record.target): \(reason); what is there stays"))
    }

    /// Drops all deployments of what is not kept any more.
    func releaseDeployments(
        of managed: ManagedCertificateID, because reason: String, in changes: inout ChangeSet
    ) async throws(RepositoryError) {
        var query = DeploymentQuery()
        query.managed = managed
        for record in try await everyDeployment(query) { release(record, because: reason, in: &changes) }
    }

    /// Goes on with what waited for a certificate's key.
    func resumeDeployments(
        of certificate: IssuedCertificate, in changes: inout ChangeSet
    ) async throws(RepositoryError) {
        guard let deploying else { return }
        for target in deploying.targets {
            let record = try await repository.deployment(target: target.name, managed: certificate.managed)
            guard let record, record.wanted == certificate.id, record[.publish].isGivenUp else { continue }
            try await apply(.retried(atOnce: false), to: record, at: target, in: &changes)
        }
    }
}

extension DeploymentEvent {
    /// What the journal calls it; `nil` for what is no news.
    fileprivate func word(_ before: DeploymentRecord, _ after: DeploymentRecord) -> String? {
        switch self {
        case .wanted: before.revision == 0 || before.wanted != after.wanted ? "deployWanted" : nil
        case .superseded: "superseded"
        case .succeeded(.publish): after.held == nil ? "deployed" : "rolledBack"
        case .succeeded(.reload): "reloaded"
        case .succeeded(.announce): "announced"
        case .succeeded(.verify): before.phase == .current ? nil : "served"
        case .failed(.verify, _), .showsOther: before.fares(like: after, at: .verify) ? nil : "notServed"
        case .failed(let step, _): before.fares(like: after, at: step) ? nil : "deployFailed"
        case .rolledBack: "rollbackAsked"
        case .retried: "deployAsked"
        case .configured: nil
        }
    }
}

extension DeploymentRecord {
    fileprivate func fares(like other: DeploymentRecord, at step: DeploymentStep) -> Bool {
        let (mine, theirs) = (self[step], other[step])
        return mine.problem == theirs.problem && mine.isTroubled == theirs.isTroubled
            && mine.isGivenUp == theirs.isGivenUp
    }
}
