// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Drops the beginning of the journal: only what is old enough, was exported, and was told to everybody who is to be told.
extension LifecycleEngine {
    static let retention = "retention"
    /// Lines dropped by one commit.
    private static let linesAtOnce = 5000

    func stepHost(_ item: WorkItem) async throws(RepositoryError) {
        guard item.task == Self.retention else { return try await leave(item) }
        guard let age = options.journalAge else { return try await putOff(item, to: nextRetention) }
        let kept: KeptBounds
        do throws(LifecycleError) {
            kept = try await keptBounds()
        } catch {
            emit(.deferred(item.subject, step: item.step, reason: error.description))
            return try await putOff(item, to: nextRetention)
        }
        let lines = try await droppable(kept.bounds, before: time.now().advanced(by: .zero - age))
        guard let last = lines.last else { return try await putOff(item, to: nextRetention) }
        var bounds = kept.bounds
        bounds.pruned = JournalCheckpoint(last)
        var changes = ChangeSet()
        changes.claimed = item
        do throws(LifecycleError) {
            changes.puts = [try record(bounds, replacing: kept)]
        } catch {
            emit(.deferred(item.subject, step: item.step, reason: error.description))
            return try await putOff(item, to: nextRetention)
        }
        changes.prunesJournalThrough = last.sequence
        let note = "the journal through line \(last.sequence), \(last.hash)"
        changes.journal = [scheduled(item.subject, "pruned", note)]
        changes.work = [.put(retentionWork(due: lines.count < Self.linesAtOnce ? nextRetention : time.now()))]
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: item.step, note: note))
    }

    private func droppable(
        _ bounds: JournalBounds, before oldest: Date
    ) async throws(RepositoryError) -> some BidirectionalCollection<JournalEntry> {
        var query = JournalQuery()
        query.after = bounds.pruned?.sequence ?? 0
        query.limit = Self.linesAtOnce
        let end = min(bounds.exported?.sequence ?? 0, try await toldThrough())
        let page = try await repository.journal(query)
        // A line that cannot be read stays, and so does what follows: somebody has to see it first.
        let damaged = page.unreadable.compactMap { Int($0.reference) }.min() ?? .max
        return page.items.prefix { $0.sequence <= end && $0.sequence < damaged && $0.at < oldest }
    }

    /// The last line that every channel is done with. One that has not begun yet may want all of them.
    private func toldThrough() async throws(RepositoryError) -> Int {
        var last = Int.max
        for channel in notifying?.channels ?? [] {
            last = min(last, try await repository.channel(channel.name)?.sequence ?? 0)
        }
        return last
    }

    var nextRetention: Date { options.schedules.retention.next(after: time.now(), for: Self.retention) }

    func retentionWork(due: Date) -> WorkItem {
        WorkItem(subject: .host, task: Self.retention, account: "", step: Self.retention, due: due)
    }
}
