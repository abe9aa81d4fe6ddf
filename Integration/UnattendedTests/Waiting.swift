// SPDX-License-Identifier: Apache-2.0

import Foundation
import Programs
import Synchronization
import Testing

extension Program {
    /// Runs it while the body runs, and ends it then, whatever became of the body.
    ///
    /// - Parameters:
    ///   - signal: how it is told to end.
    ///   - patience: after this long it is killed with all that it has started, which shows in how it ended.
    func during(
        signal: Int32 = SIGTERM, patience: Duration = .seconds(30), _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> Ending {
        let failure = Mutex<(any Error)?>(nil)
        let guardian = Mutex<Task<Void, Never>?>(nil)
        defer { guardian.withLock { $0?.cancel() } }
        let ending = try await run { process in
            do {
                try await body()
            } catch {
                failure.withLock { $0 = error }
            }
            kill(process, signal)
            guardian.withLock {
                $0 = Task {
                    // Cancelled when it has ended in time.
                    if (try? await Task.sleep(for: patience)) != nil { kill(-process, SIGKILL) }
                }
            }
        }
        if let error = failure.withLock({ $0 }) {
            Issue.record("meanwhile \(path) said: \(String(decoding: ending.error, as: UTF8.self))")
            throw error
        }
        return ending
    }
}

/// Looks again and again until it is so: what somebody else's process does cannot be waited for otherwise. A test that
/// waits in vain ends at its time limit.
func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
    do {
        while try await !isSo() { try await Task.sleep(for: .milliseconds(100)) }
    } catch is CancellationError {
        Issue.record("never: \(what)")
        throw CancellationError()
    }
}
