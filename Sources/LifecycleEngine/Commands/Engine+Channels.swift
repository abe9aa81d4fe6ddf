// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleModel

/// What an operator does with channels.
extension LifecycleEngine {
    /// Every channel of this host, with how far it is; `nil` where ``keepWatch()`` has not met it yet.
    package func channels() async throws(LifecycleError) -> [(channel: NoticeChannel, record: ChannelRecord?)] {
        try await commanded {
            var found: [(NoticeChannel, ChannelRecord?)] = []
            for channel in notifying?.channels ?? [] {
                found.append((channel, try await repository.channel(channel.name)))
            }
            return found
        }
    }

    /// Sends one message that says that it is a test. Nothing is kept of it.
    ///
    /// Throws `unreachable` when it may not have arrived.
    package func testChannel(_ name: String) async throws(LifecycleError) -> Notice {
        let (notifying, channel) = try channel(named: name)
        let now = time.now()
        let event = NoticeEvent(
            at: now, kind: "test", severity: .info, subject: name, name: nil,
            text: "this is a test of channel \(name); nothing has happened")
        let notice = Notice(id: "\(name)-test-\(now.milliseconds)", at: now, events: [event])
        do throws(DeliveryFailure) {
            try await notifying.deliver(notice, to: channel)
        } catch {
            throw LifecycleError(
                .unreachable, "the test did not reach channel \(name): \(error)",
                hint: "mend its part of notifications in config.yaml, or whom it tells")
        }
        return notice
    }

    /// Has messages that were given up sent again, the oldest first, and what is being tried again tried at once.
    package func resendNotices(_ name: String) async throws(LifecycleError) -> ChannelRecord {
        try await changeChannel(name, "resend") { record in
            record.again += record.deadLetters.map(\.notice)
            record.deadLetters = []
            record.lost = 0
        }
    }

    /// Drops messages that were given up.
    package func discardNotices(_ name: String) async throws(LifecycleError) -> Int {
        var count = 0
        _ = try await changeChannel(name, "discard") { record in
            count = record.deadLetters.count
            record.deadLetters = []
            record.lost = 0
        }
        return count
    }

    private func changeChannel(
        _ name: String, _ event: String, _ change: (inout ChannelRecord) -> Void
    ) async throws(LifecycleError) -> ChannelRecord {
        _ = try channel(named: name)
        return try await decided {
            guard var record = try await repository.channel(name) else {
                throw LifecycleError(
                    .notFound, "channel \(name) has not been used yet", hint: "it begins with: publicca run")
            }
            let count = record.deadLetters.count
            change(&record)
            record.updatedAt = time.now()
            var changes = ChangeSet()
            changes.puts = [.channel(record)]
            changes.work = [.hasten(.channel(name), task: WorkItem.life, to: time.now())]
            changes.journal = [journal(.channel(name), name: nil, event, "\(count) undelivered messages")]
            try await repository.commit(changes)
            record.revision += 1
            return record
        }
    }

    private func channel(named name: String) throws(LifecycleError) -> (any Notifying, NoticeChannel) {
        let known = notifying?.channels ?? []
        guard let notifying, let channel = known.first(where: { $0.name == name }) else {
            let near = NearestNames.to(name, among: known.map(\.name))
            throw LifecycleError(
                .notFound, "there is no channel \"\(name)\" in the configuration",
                hint: near.isEmpty ? "see: publicca notify list" : "did you mean \(near.joined(separator: " or "))?")
        }
        return (notifying, channel)
    }
}
