// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import LifecycleModel

extension LifecycleEngine {
    /// Has every pass from now on see what needs a person, and tell the channels of this host. To be called when a host
    /// begins to run, and when its configuration has changed.
    ///
    /// A channel that is new begins at the end of the journal. One that is no longer configured loses its place, with
    /// what was not delivered.
    public func keepWatch() async throws(LifecycleError) {
        try await decided {
            let now = time.now()
            var changes = ChangeSet()
            if try await repository.work(.alerts, task: WorkItem.life) == nil {
                changes.work.append(.put(alertWork(at: now)))
            }
            let names = (notifying?.channels ?? []).map(\.name)
            for name in names {
                if try await repository.channel(name) == nil {
                    let end = try await repository.journalEnd()?.sequence ?? 0
                    changes.puts.append(.channel(ChannelRecord(name: name, sequence: end, createdAt: now)))
                }
                if try await repository.work(.channel(name), task: WorkItem.life) == nil {
                    changes.work.append(.put(channelWork(name, .look, at: now)))
                }
            }
            for item in try await repository.work(of: "", kind: "channel", limit: 1000)
            where !names.contains(item.subject.id) {
                changes.work.append(.remove(item.subject, task: item.task))
                if let left = try await repository.channel(item.subject.id) { changes.deletes.append(.channel(left)) }
            }
            try await repository.commit(changes)
        }
    }

    /// When a host last looked for what needs a person, which one that runs does each minute; `nil` when none ever did.
    public func lastWatch() async throws(LifecycleError) -> Date? {
        try await commanded {
            let item = try await repository.work(.alerts, task: WorkItem.life)
            return item.map { $0.due.addingTimeInterval(-Self.watchPause.inSeconds) }
        }
    }

    /// How often somebody looks.
    static let watchPause = Duration.seconds(60)
}
