// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Whether somebody is there to do what is to be done.
extension AttentionReading {
    private static let absence: TimeInterval = 3600

    mutating func readService() async throws(RepositoryError) {
        let watch = try await repository.work(.alerts, task: WorkItem.life)
        // Whoever looks right now is there.
        if let lease = watch?.lease, lease.until > now { return }
        let seenAt = watch.map { $0.due.addingTimeInterval(-LifecycleEngine.watchPause.inSeconds) }
        // A look in the future says only that some clock was ahead.
        if let seenAt, abs(now.timeIntervalSince(seenAt)) <= Self.absence { return }
        let renewals = counts.renewals.values.reduce(0, +)
        var waits: [String] = []
        if renewals > 0 { waits.append("\(renewals) \(renewals == 1 ? "renewal is" : "renewals are") planned") }
        if counts.deployments > 0 {
            waits.append("\(counts.deployments) \(counts.deployments == 1 ? "deployment is" : "deployments are") kept")
        }
        if let item = try await overdue() { waits.append("\(item.subject) \(item.step) is overdue") }
        guard !waits.isEmpty else { return }
        note(
            Attention(
                .serviceAbsent, subject: Subject.host.id,
                what: (seenAt == nil ? "nothing works unattended" : "the service is not there any more") + ", though "
                    + waits.joined(separator: ", "),
                hint: "start it: publicca run", since: seenAt))
    }

    /// What somebody wished for, and nobody is at.
    private func overdue() async throws(RepositoryError) -> WorkItem? {
        let latest = now.addingTimeInterval(-Self.absence)
        var cursor: PageCursor?
        // Bounded, although a paused account can have more work than that.
        for _ in 0..<5 {
            let page = try await repository.work(after: cursor, limit: 200)
            for item in page.items {
                guard item.due < latest else { return nil }
                let isFree = item.lease.map { $0.until <= now } ?? true
                if isFree, item.isWished, !hampered.contains(item.account) { return item }
            }
            guard let next = page.next else { return nil }
            cursor = next
        }
        return nil
    }
}

extension WorkItem {
    /// What is looked at now and then, and thrown away, is no loss to a place that only takes commands.
    fileprivate var isWished: Bool {
        let isCheck = subject.kind == "certificate" && task == Self.life
        return !isWatch && !isCheck && !["account", "host"].contains(subject.kind)
    }
}
