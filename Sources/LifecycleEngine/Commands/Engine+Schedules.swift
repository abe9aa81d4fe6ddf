// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import LifecycleModel
import PublicCA

extension LifecycleEngine {
    package var schedules: DutySchedules { options.schedules }

    /// Sees to it that every account has its duties in the queue, and the installation its own. A host calls this when it
    /// starts, when schedules have changed, and now and then, since accounts may be added by others.
    ///
    /// What is due later than its schedule says is brought forward. Catalogs that were never read are due at once.
    public func keepSchedules() async throws(RepositoryError) {
        for account in try await repository.accounts() {
            for duty in AccountDuty.allCases {
                let next = next(duty, of: account.name)
                let isNew = duty == .catalogs && account.lastSync.isEmpty && account.syncFailure == nil
                try await keep(work(for: duty, of: account.name, due: isNew ? time.now() : next), by: next)
            }
        }
        let next = nextRetention
        try await keep(retentionWork(due: next), by: next)
        try await keepLooking()
    }

    /// A clock that was ahead may have put the next look for what needs a person far away.
    private func keepLooking() async throws(RepositoryError) {
        let latest = time.now().advanced(by: Self.watchPause)
        guard let item = try await repository.work(.alerts, task: WorkItem.life), item.due > latest else { return }
        var changes = ChangeSet()
        changes.work = [.hasten(item.subject, task: item.task, to: latest)]
        for channel in try await repository.work(of: "", kind: "channel", limit: 1000)
        where channel.step == ChannelStep.look.rawValue {
            changes.work.append(.hasten(channel.subject, task: channel.task, to: latest))
        }
        try await repository.commit(changes)
    }

    private func keep(_ item: WorkItem, by next: Date) async throws(RepositoryError) {
        let known = try await repository.work(item.subject, task: item.task)
        guard known.map({ $0.due > next }) ?? true else { return }
        var changes = ChangeSet()
        changes.work = [known == nil ? .put(item) : .hasten(item.subject, task: item.task, to: next)]
        try await repository.commit(changes)
    }

    /// When the first of what is not due yet will be; `nil` where that is far away.
    package func nextDue() async throws(RepositoryError) -> Date? {
        let now = time.now()
        // What is due already and was not claimed is another's, or its account is paused.
        return try await repository.work(after: nil, limit: 50).items.first { $0.due > now }?.due
    }
}
