// SPDX-License-Identifier: Apache-2.0

public import LifecycleEngine
import Synchronization

/// Everything an engine told its host, in order.
public final class EventLog: Sendable {
    private let events = Mutex<[EngineEvent]>([])

    public var all: [EngineEvent] { events.withLock { $0 } }

    func append(_ event: EngineEvent) {
        events.withLock { $0.append(event) }
    }
}
