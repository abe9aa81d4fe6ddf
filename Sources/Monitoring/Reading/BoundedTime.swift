// SPDX-License-Identifier: Apache-2.0

/// The answer, or `nil` when time ran out first. What was asked is then cancelled, and not waited for: a disk that hangs
/// must not hold whoever wants to know whether it does.
func answer<Answer: Sendable>(
    within limit: Duration, on clock: any Clock<Duration>, _ ask: @escaping @Sendable () async -> Answer
) async -> Answer? {
    let (answers, continuation) = AsyncStream.makeStream(of: Answer.self, bufferingPolicy: .bufferingOldest(1))
    let asking = Task {
        continuation.yield(await ask())
        continuation.finish()
    }
    let waiting = Task {
        // Cancelled as soon as there is an answer; then nothing is to be ended.
        guard (try? await clock.sleep(for: limit)) != nil else { return }
        continuation.finish()
    }
    defer {
        asking.cancel()
        waiting.cancel()
    }
    return await answers.first { _ in true }
}
