// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ctrl-C and a polite end ask a command to stop watching; the second time they end it at once.
final class Interruption: Sendable {
    private let count = Mutex(0)

    var hasHappened: Bool { count.withLock { $0 > 0 } }

    /// Runs the work as a task that is cancelled when somebody interrupts.
    static func watching<Value: Sendable>(
        _ work: @escaping @Sendable (Interruption) async -> Value
    ) async -> (value: Value, isInterrupted: Bool) {
        let interruption = Interruption()
        let task = Task { await work(interruption) }
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if interruption.note() > 1 { _exit(ExitStatus.pending.rawValue) }
                task.cancel()
            }
            source.resume()
            return source
        }
        let value = await task.value
        for source in sources { source.cancel() }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
        return (value, interruption.hasHappened)
    }

    private func note() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
