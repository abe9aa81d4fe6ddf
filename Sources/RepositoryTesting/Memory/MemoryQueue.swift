// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// The work of a memory repository.
struct MemoryQueue: Sendable {
    private struct Place: Hashable, Sendable {
        var subject: Subject
        var task: String
    }

    /// An item, what breaks the tie between equal dates, and its newest fence, which outlives the lease.
    private struct Entry: Sendable {
        var item: WorkItem
        var number: Int
        var fence: Int
    }

    private var entries: [Place: Entry] = [:]
    private var lastNumber = 0
    /// The highest fence of an item that was removed: should it come back, it goes on from there.
    private var removedFence = 0

    func item(_ subject: Subject, task: String) -> WorkItem? { entries[Place(subject: subject, task: task)]?.item }

    /// All items with their numbers, the first due first.
    var schedule: [(item: WorkItem, number: Int)] {
        entries.values.map { ($0.item, $0.number) }
            .sorted { ($0.item.due.milliseconds, $0.number) < ($1.item.due.milliseconds, $1.number) }
    }

    mutating func claim(_ request: WorkClaim, passingOver paused: Set<String>, at now: Date) -> [WorkItem] {
        let free = schedule.map(\.item).filter { item in
            item.due.milliseconds <= request.dueBy.milliseconds && !paused.contains(item.account)
                && (request.subject == nil || request.subject == item.subject)
                && (item.lease.map { $0.until.milliseconds <= now.milliseconds } ?? true)
        }
        return free.prefix(max(0, request.limit)).map { item in
            lease(item, to: request.worker, until: now.adding(request.length).inMilliseconds)
        }
    }

    private mutating func lease(_ item: WorkItem, to worker: String, until: Date) -> WorkItem {
        let place = Place(subject: item.subject, task: item.task)
        let fence = (entries[place]?.fence ?? 0) + 1
        var leased = item
        leased.lease = Lease(worker: worker, until: until, fence: fence)
        entries[place]?.item = leased
        entries[place]?.fence = fence
        return leased
    }

    func checkLease(of claimed: WorkItem) throws(RepositoryError) {
        let entry = entries[Place(subject: claimed.subject, task: claimed.task)]
        guard let entry, let lease = claimed.lease, lease.fence == entry.fence else {
            throw .conflict("the work on \(claimed.subject) has gone to somebody else")
        }
    }

    mutating func apply(_ change: WorkChange) {
        switch change {
        case .put(let item):
            put(item)
        case .remove(let subject, let task):
            let removed = entries.removeValue(forKey: Place(subject: subject, task: task))
            removedFence = max(removedFence, removed?.fence ?? 0)
        case .hasten(let subject, let task, let date):
            let place = Place(subject: subject, task: task)
            guard let due = entries[place]?.item.due, date < due else { return }
            entries[place]?.item.due = date.inMilliseconds
        }
    }

    /// Work that is put without a lease is new work: the fence moves on, so that whoever held the old loses it.
    private mutating func put(_ item: WorkItem) {
        let place = Place(subject: item.subject, task: item.task)
        let known = entries[place]
        if known == nil { lastNumber += 1 }
        let least = known.map { item.lease == nil ? $0.fence + 1 : $0.fence } ?? removedFence + 1
        let fence = max(least, item.lease?.fence ?? 0)
        var kept = item
        kept.due = item.due.inMilliseconds
        kept.lease = item.lease.map { Lease(worker: $0.worker, until: $0.until.inMilliseconds, fence: fence) }
        entries[place] = Entry(item: kept, number: known?.number ?? lastNumber, fence: fence)
    }
}
