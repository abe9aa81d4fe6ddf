// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One pass over one revocation.
extension LifecycleEngine {
    func stepRevocation(_ claimed: WorkItem) async throws(RepositoryError) {
        guard var revocation = try await repository.revocation(RevocationID(claimed.subject.id)),
            !revocation.phase.isFinal, revocation.phase != .stuck
        else { return try await drop(claimed) }
        guard let step = RevocationStep(rawValue: claimed.step) else { return try await leave(claimed) }
        guard let account = try await open(for: claimed) else { return }
        var item = claimed
        if step == .send {
            guard !Task.isCancelled else { return try await putOff(claimed, to: claimed.due) }
            guard let intended = try await intend(&revocation, claimed, account) else { return }
            item = intended
        }
        let event = await ask(step, about: revocation, of: account)
        try await record(event, step, revocation, item, account)
    }

    private func intend(
        _ revocation: inout RevocationRecord, _ claimed: WorkItem, _ account: OpenedAccount
    ) async throws(RepositoryError) -> WorkItem? {
        do throws(InvalidTransition) {
            try revocation.intend(at: time.now())
        } catch {
            emit(.dropped(claimed.subject, step: claimed.step, reason: error.description))
            var fitting = claimed
            fitting.step = RevocationStep.read.rawValue
            try await putOff(fitting, to: time.now())
            return nil
        }
        var item = claimed
        item.step = RevocationStep.read.rawValue
        item.lease = lease(of: claimed, for: account.policy)
        item.due = item.lease?.until ?? item.due
        var changes = ChangeSet()
        changes.claimed = claimed
        changes.puts = [.revocation(revocation)]
        changes.work = [.put(item)]
        let name = try await commonName(of: revocation.certificate)
        changes.journal = [
            journal(.revocation(revocation.id), name: name, "intent", "revoke, attempt \(revocation.attempts)")
        ]
        try await repository.commit(changes)
        revocation.revision += 1
        return item
    }

    private func ask(
        _ step: RevocationStep, about revocation: RevocationRecord, of account: OpenedAccount
    ) async -> RevocationEvent {
        let provider = account.provider
        let request = revocation.request
        switch step {
        case .send:
            let answer = await write(
                since: revocation.updatedAt, within: account.policy.writeDeadline, abandoned: account.policy.settle
            ) { () async throws(ProviderError) in
                try await provider.revoke(request)
            }
            switch answer {
            case .success(let outcome): return .sent(outcome)
            case .failure(let error): return .sendFailed(error)
            }
        case .read:
            switch await read({ () async throws(ProviderError) in try await provider.certificate(request.certificate) })
            {
            case .success(let snapshot): return .read(snapshot)
            case .failure(let error): return .readFailed(error)
            }
        }
    }

    private func record(
        _ event: RevocationEvent, _ step: RevocationStep, _ before: RevocationRecord, _ item: WorkItem,
        _ account: OpenedAccount
    ) async throws(RepositoryError) {
        var revocation = before
        let decision: RevocationDecision
        do throws(InvalidTransition) {
            decision = try revocation.receive(event, at: time.now(), policy: account.policy)
        } catch {
            emit(.dropped(item.subject, step: step.rawValue, reason: error.description))
            return try await putOff(item, to: time.now().advanced(by: .seconds(60)))
        }
        var changes = ChangeSet()
        changes.claimed = item
        changes.puts = [.revocation(revocation)]
        if let next = decision.next, let due = decision.due {
            changes.work = [
                .put(WorkItem(subject: item.subject, account: revocation.account, step: next.rawValue, due: due))
            ]
        } else {
            changes.work = [.remove(item.subject, task: WorkItem.life)]
        }
        let certificate = try await repository.certificate(revocation.certificate)
        if revocation.phase == .revoked, var certificate {
            certificate.status = .revoked
            certificate.revocation = Revocation(at: time.now(), reason: revocation.request.reason)
            certificate.isRevokedByUs = true
            changes.puts.append(.certificate(certificate))
        }
        if before.phase != revocation.phase || before.wording != revocation.wording
            || before.problem != revocation.problem
        {
            let word = before.phase == revocation.phase ? step.rawValue : revocation.phase.rawValue
            changes.journal = [
                journal(
                    item.subject, name: certificate?.facts.commonName, word, decision.note, answer: event.answer)
            ]
        }
        try await commit(changes, pausing: revocation.account, because: decision.pausesAccount)
        emit(.stepped(item.subject, step: step.rawValue, note: decision.note))
    }

    func commonName(of certificate: CertificateID) async throws(RepositoryError) -> String? {
        try await repository.certificate(certificate)?.facts.commonName
    }
}
