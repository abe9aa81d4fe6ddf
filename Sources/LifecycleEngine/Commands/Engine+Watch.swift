// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import LifecycleModel

extension LifecycleEngine {
    /// Has every pass from now on see what needs a person, and tell the channels of this host. To be called when a host
    /// begins to run, and when its configuration has changed.
    ///
    /// Everything looks at once: a clock that was ahead may have put its next look far away.
    ///
    /// A channel that is new begins at the end of the journal. One that is no longer configured loses its place, with
    /// what was not delivered.
    public func keepWatch() async throws(LifecycleError) {
        try await decided {
            let now = time.now()
            var changes = ChangeSet()
            changes.work.append(try await soon(alertWork(at: now)))
            let names = (notifying?.channels ?? []).map(\.name)
            for name in names {
                if try await repository.channel(name) == nil {
                    let end = try await repository.journalEnd()?.sequence ?? 0
                    changes.puts.append(.channel(ChannelRecord(name: name, sequence: end, createdAt: now)))
                }
                changes.work.append(try await soon(channelWork(name, .look, at: now)))
            }
            for item in try await repository.work(of: "", kind: "channel", limit: 1000)
            where !names.contains(item.subject.id) {
                changes.work.append(.remove(item.subject, task: item.task))
                if let left = try await repository.channel(item.subject.id) { changes.deletes.append(.channel(left)) }
            }
            try await repository.commit(changes)
        }
    }

    /// New work, or what is there of it brought forward.
    private func soon(_ item: WorkItem) async throws(RepositoryError) -> WorkChange {
        let isThere = try await repository.work(item.subject, task: item.task) != nil
        return isThere ? .hasten(item.subject, task: item.task, to: item.due) : .put(item)
    }

    /// When a host last looked for what needs a person, which one that runs does each minute; `nil` when none ever did.
    public func lastWatch() async throws(LifecycleError) -> Date? {
        try await commanded {
            let item = try await repository.work(.alerts, task: WorkItem.life)
            let seen = item.map { $0.due.addingTimeInterval(-Self.watchPause.inSeconds) }
            // In the future: all that it says is that some clock was ahead.
            return seen.flatMap { $0 <= time.now().advanced(by: Self.watchPause) ? $0 : nil }
        }
    }

    /// How often somebody looks.
    static let watchPause = Duration.seconds(60)
}
