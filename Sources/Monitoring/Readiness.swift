// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import Synchronization

/// How the passes of this process go: whoever runs them says so here, and whether work is done can be asked.
package final class Readiness: Sendable {
    private struct State {
        var endedWellAt: Date?
        var hasFailed = false
        /// A pass over many orders may take hours; as long as it gets on with them, all is well.
        var stepAt: Date?
    }

    private let state = Mutex(State())

    package init() {}

    /// A pass has ended; well when the repository could be used to its end.
    package func passEnded(at now: Date, well: Bool) {
        state.withLock { state in
            state.hasFailed = !well
            if well { state.endedWellAt = now }
        }
    }

    /// A step was taken within a pass that has not ended yet.
    package func stepTaken(at now: Date) { state.withLock { $0.stepAt = now } }

    /// When a pass last ended well.
    package var endedWellAt: Date? { state.withLock { $0.endedWellAt } }

    /// Why no work is being done, as a sentence; `nil` when it is.
    package func problem(at now: Date, patience: Duration) -> String? {
        let state = state.withLock { $0 }
        if state.hasFailed { return "the last pass failed" }
        guard let last = [state.endedWellAt, state.stepAt].compactMap(\.self).max() else {
            return "no pass has ended yet"
        }
        let seconds = now.timeIntervalSince(last)
        guard seconds > Double(patience.components.seconds) else { return nil }
        return "no pass has ended and no step was taken for \(Int(seconds)) seconds"
    }
}
