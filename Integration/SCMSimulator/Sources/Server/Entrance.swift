// SPDX-License-Identifier: Apache-2.0

import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Counts the connections that are set up and not yet attended to: NIO ends the process when one of them is dropped, as
/// happens where a server stops while somebody comes in.
final class Entrance: Sendable {
    private struct State {
        var door: (any Channel)?
        var waiting = 0
    }

    private let state = Mutex(State())

    func open(_ door: any Channel) { state.withLock { $0.door = door } }
    func arrive() { state.withLock { $0.waiting += 1 } }
    func leave() { state.withLock { $0.waiting -= 1 } }

    /// Lets nobody in any more, and returns when all who are in are attended to.
    func close() async throws {
        guard let door = state.withLock({ $0.door }) else { return }
        try await door.setOption(.autoRead, value: false).get()
        // Who was let in a moment ago is set up by an event loop that may not have come to it yet.
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() { try await loop.submit {}.get() }
        while state.withLock({ $0.waiting > 0 }) { await Task.yield() }
    }
}

/// Connections that come through an entrance.
struct WatchedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let entrance: Entrance

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        entrance.arrive()
        let ready = base.setup(channel: channel, logger: logger)
        ready.whenFailure { _ in entrance.leave() }
        return ready
    }

    func handle(value: Base.Value, logger: Logger) async {
        entrance.leave()
        await base.handle(value: value, logger: logger)
    }
}
