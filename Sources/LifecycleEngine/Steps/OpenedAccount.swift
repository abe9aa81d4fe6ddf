// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What a step needs of its account.
struct OpenedAccount {
    var record: AccountRecord
    var provider: any PublicCAProvider
    var policy: OrderPolicy
}

extension LifecycleEngine {
    /// Opens the account of an item, or puts the item off: while the account is paused until that ends, for a minute
    /// when this host cannot open it, and for an hour when it was removed, since it may be added again.
    func open(for item: WorkItem) async throws(RepositoryError) -> OpenedAccount? {
        guard let record = try await repository.account(item.account) else {
            emit(.deferred(item.subject, step: item.step, reason: "account \(item.account) is gone"))
            try await putOff(item, to: time.now().advanced(by: .seconds(3600)))
            return nil
        }
        guard !record.isPaused else {
            try await putOff(item, to: item.due)
            return nil
        }
        do throws(LifecycleError) {
            let provider = try await accounts.open(record)
            var policy = try policy(for: record)
            // The CA's own word on how long an order may be missing counts, where it is longer than the account's.
            policy.settle = max(policy.settle, provider.locating?.settleTime ?? .zero)
            return OpenedAccount(record: record, provider: provider, policy: policy)
        } catch {
            emit(.deferred(item.subject, step: item.step, reason: error.description))
            try await putOff(item, to: time.now().advanced(by: .seconds(60)))
            return nil
        }
    }

    /// Commits what a step found and, in the same breath, the pause of its account, when there is a reason for one: one
    /// wrong password costs the calls in flight, not every order.
    ///
    /// Several calls in flight are refused together. Whoever is not the first to pause the account commits the rest,
    /// so that no answer is dropped for that.
    func commit(
        _ changes: ChangeSet, pausing name: String, because reason: String?
    ) async throws(RepositoryError) {
        guard let reason, var account = try await repository.account(name), !account.isPaused else {
            return try await repository.commit(changes)
        }
        let revision = account.revision
        account.pausedReason = reason
        var both = changes
        both.puts.append(.account(account))
        both.journal.append(journal(.account(name), name: nil, "paused", reason))
        do throws(RepositoryError) {
            try await repository.commit(both)
        } catch {
            guard case .conflict = error, try await repository.account(name)?.revision != revision else { throw error }
            return try await commit(changes, pausing: name, because: reason)
        }
        emit(.accountPaused(name, reason: reason))
    }

    /// A journal line by this engine.
    ///
    /// - Parameter answer: what the CA said, where the line tells of that.
    func journal(
        _ subject: Subject, name: String?, _ event: String, _ detail: String, answer: Data? = nil
    ) -> JournalEntry {
        JournalEntry(
            at: time.now(), subject: subject, name: name, event: event, detail: detail, actor: options.actor,
            answer: answer.map(digest))
    }
}
