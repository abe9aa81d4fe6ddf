// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel
import LifecycleTesting
import MockProvider
import PublicCATesting
import RepositoryTesting
import Synchronization

/// Channels that keep what they are told, and fail when a test wants that.
final class Inbox: Notifying {
    private struct State {
        var channels: [NoticeChannel]
        var failure: DeliveryFailure?
        var attempts: [String] = []
        var taken: [Notice] = []
    }

    private let state: Mutex<State>
    /// What happens while a message is on its way.
    let onTheWay: @Sendable () async -> Void

    init(_ names: String..., severity: Severity = .info, onTheWay: @escaping @Sendable () async -> Void = {}) {
        let channels = names.map { name in
            var channel = NoticeChannel(name: name, means: .command(["tell"]))
            channel.severity = severity
            return channel
        }
        state = Mutex(State(channels: channels))
        self.onTheWay = onTheWay
    }

    var channels: [NoticeChannel] {
        get { state.withLock { $0.channels } }
        set { state.withLock { $0.channels = newValue } }
    }
    /// Why nothing arrives.
    var failure: DeliveryFailure? {
        get { state.withLock { $0.failure } }
        set { state.withLock { $0.failure = newValue } }
    }
    /// Ids of all messages that were tried.
    var attempts: [String] { state.withLock { $0.attempts } }
    var taken: [Notice] { state.withLock { $0.taken } }
    var events: [NoticeEvent] { taken.flatMap(\.events) }

    func deliver(_ notice: Notice, to channel: NoticeChannel) async throws(DeliveryFailure) {
        state.withLock { $0.attempts.append(notice.id) }
        await onTheWay()
        if let failure { throw failure }
        state.withLock { $0.taken.append(notice) }
    }
}

/// An engine over a mock CA that tells an inbox.
struct ToldLab {
    let time = TestTime()
    let ca: MockCA
    let inbox: Inbox
    let lab: EngineLab
    var engine: LifecycleEngine { lab.engine }
    var repository: MemoryRepository { lab.repository }

    init(_ inbox: Inbox = Inbox("ops"), options: EngineOptions = EngineOptions(worker: "one")) async throws {
        self.inbox = inbox
        ca = MockCA(now: time.now)
        lab = try await LifecycleEngine.testing(
            provider: ca.provider, time: time, options: options, notifying: inbox)
    }

    /// Another host, or this one after a crash.
    func rival(_ worker: String = "two") async throws -> LifecycleEngine {
        try await LifecycleEngine.testing(
            provider: ca.provider, time: time, options: EngineOptions(worker: worker), repository: repository,
            notifying: inbox
        ).engine
    }

    /// Does what is due every few seconds, for so many minutes.
    func live(minutes: Int) async throws {
        for _ in 0..<(minutes * 6) {
            try await engine.pass()
            time.advance(by: .seconds(10))
        }
    }

    func record(_ name: String = "ops") async throws -> ChannelRecord? { try await repository.channel(name) }

    /// Something that is told.
    func write(_ event: String, about id: String = "ord_1", kind: String = "order", detail: String = "so") async throws
    {
        var changes = ChangeSet()
        changes.journal = [
            JournalEntry(
                at: time.now(), subject: Subject(kind: kind, id: id), name: nil, event: event, detail: detail,
                actor: .run)
        ]
        try await repository.commit(changes)
    }
}
