// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Synchronization

/// Keeps the requests of one account to its ``Pace``, first come first served.
///
/// Of this process alone: several processes on one home each have their own.
final class Pacer: Sendable {
    private struct Waiting {
        var id: Int
        var resume: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var pace: Pace
        var waiting: [Waiting] = []
        var lastID = 0
        var isAlarmSet = false
    }

    private let state: Mutex<State>
    private let now: @Sendable () -> Date

    init(_ pace: Pace, now: @escaping @Sendable () -> Date = { Date() }) {
        self.state = Mutex(State(pace: pace))
        self.now = now
    }

    /// Waits for a turn. Throws when the task is cancelled first.
    func begin() async throws(CancellationError) {
        let id = state.withLock {
            $0.lastID += 1
            return $0.lastID
        }
        let hasTurn = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.waiting.append(Waiting(id: id, resume: continuation)) }
                // Cancelled before it stood in the line.
                if Task.isCancelled { leave(id) }
                advance()
            }
        } onCancel: {
            leave(id)
        }
        guard hasTurn else { throw CancellationError() }
    }

    func end() {
        state.withLock { $0.pace.end() }
        advance()
    }

    func slowDown(begun: Date, delay: Duration?) {
        state.withLock { $0.pace.slowDown(begun: begun, delay: delay, at: now()) }
        advance()
    }

    private func leave(_ id: Int) {
        let left = state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
        left?.resume.resume(returning: false)
    }

    /// Lets in whoever has a turn, and sets an alarm for the next.
    private func advance() {
        let (begun, alarm) = state.withLock { state -> ([Waiting], Date?) in
            var begun: [Waiting] = []
            while let first = state.waiting.first {
                switch state.pace.ask(at: now()) {
                case .begins:
                    begun.append(first)
                    state.waiting.removeFirst()
                case .waits(let until):
                    guard let until, !state.isAlarmSet else { return (begun, nil) }
                    state.isAlarmSet = true
                    return (begun, until)
                }
            }
            return (begun, nil)
        }
        for waiting in begun { waiting.resume.resume(returning: true) }
        guard let alarm else { return }
        Task {
            // A sleep that ends early only asks too early, and is then set anew.
            try? await Task.sleep(for: .milliseconds(Int64(max(1, alarm.timeIntervalSince(now()) * 1000))))
            state.withLock { $0.isAlarmSet = false }
            advance()
        }
    }
}
