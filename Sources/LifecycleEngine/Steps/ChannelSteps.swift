// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// Tells a channel what the journal says: looks, waits until what belongs together is there, puts the message on record,
/// and sends it. A message keeps its id whatever happens in between, so that it may arrive twice and is seen to be one.
extension LifecycleEngine {
    /// The most lines that go into one message.
    private static let pages = 10

    func stepChannel(_ claimed: WorkItem) async throws(RepositoryError) {
        guard let notifying, let channel = notifying.channels.first(where: { $0.name == claimed.subject.id }) else {
            emit(
                .deferred(claimed.subject, step: claimed.step, reason: "there is no such channel in the configuration"))
            return try await putOff(claimed, to: time.now().advanced(by: Self.watchPause))
        }
        guard let record = try await repository.channel(channel.name) else { return try await drop(claimed) }
        if record.pending != nil {
            try await deliver(record, claimed, through: notifying, channel)
        } else {
            try await look(record, claimed, channel)
        }
    }

    private func look(
        _ record: ChannelRecord, _ item: WorkItem, _ channel: NoticeChannel
    ) async throws(RepositoryError) {
        // As the queue keeps dates: what is ripe in a part of a millisecond would be looked at again and again.
        let now = time.now().inMilliseconds
        var record = record
        var changes = ChangeSet()
        changes.claimed = item
        // Sent by the next step, under a lease of its own.
        if let again = record.again.first {
            record.again.removeFirst()
            record.pending = PendingNotice(again, through: record.sequence)
            changes.work = [.put(channelWork(channel.name, .deliver, at: now))]
        } else {
            let batch = try await batch(after: record.sequence, for: channel)
            if let ripeAt = batch.ripeAt, ripeAt > now { return try await putOff(item, to: ripeAt) }
            if batch.ripeAt != nil {
                record.pending = PendingNotice(batch.notice(at: now), through: batch.through)
                changes.work = [.put(channelWork(channel.name, .deliver, at: now))]
            } else {
                let isBehind = batch.through > record.sequence
                let pause = min(max(channel.digest, .seconds(5)), .seconds(60))
                guard isBehind else { return try await putOff(item, to: now.advanced(by: pause)) }
                record.sequence = batch.through
                changes.work = [.put(channelWork(channel.name, .look, at: now.advanced(by: pause)))]
            }
        }
        record.updatedAt = now
        changes.puts = [.channel(record)]
        try await repository.commit(changes)
    }

    private func batch(
        after sequence: Int, for channel: NoticeChannel
    ) async throws(RepositoryError) -> NoticeBatch {
        var batch = NoticeBatch(after: sequence, for: channel)
        for _ in 0..<Self.pages {
            var query = JournalQuery()
            query.after = batch.through
            let page = try await repository.journal(query)
            batch.add(page.items)
            for row in page.unreadable { Int(row.reference).map { batch.pass(over: $0) } }
            guard page.next != nil else { break }
        }
        return batch
    }

    private func deliver(
        _ before: ChannelRecord, _ item: WorkItem, through notifying: any Notifying, _ channel: NoticeChannel
    ) async throws(RepositoryError) {
        guard let pending = before.pending, !Task.isCancelled else { return try await putOff(item, to: item.due) }
        let answer = await answer(within: options.lease / 2, grace: options.stopGrace) {
            () async throws(DeliveryFailure) in try await notifying.deliver(pending.notice, to: channel)
        }
        let now = time.now()
        var record = before
        var changes = ChangeSet()
        changes.claimed = item
        var due = now
        var note = "\(pending.notice.id) delivered"
        switch answer ?? .failure(DeliveryFailure("no answer in time, and we gave up waiting")) {
        case .success: record.delivered(at: now)
        case .failure(let failure):
            note = "\(pending.notice.id) not delivered: \(failure)"
            if let again = record.failed(failure, at: now, retry: options.retry) {
                due = again
            } else {
                changes.journal = [journal(item.subject, name: nil, "undelivered", "\(pending.notice.id): \(failure)")]
            }
        }
        let next = record.pending == nil ? ChannelStep.look : .deliver
        changes.puts = [.channel(record)]
        changes.work = [.put(channelWork(channel.name, next, at: due))]
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: item.step, note: note))
    }

    func channelWork(_ name: String, _ step: ChannelStep, at due: Date) -> WorkItem {
        WorkItem(subject: .channel(name), account: "", step: step.rawValue, due: due)
    }
}

/// Raw values are stored.
enum ChannelStep: String, CaseIterable {
    case look, deliver
}
