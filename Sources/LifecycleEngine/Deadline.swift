// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension LifecycleEngine {
    /// Asks a read. No answer in time is a failure that may pass. An engine that is asked to stop waits a little for
    /// answers to what it has asked before, and for no others.
    ///
    /// - Parameter deadline: longer than usual where many are asked at once, and most of the time goes by in a line.
    func read<Answer: Sendable>(
        within deadline: Duration? = nil, _ call: @escaping @Sendable () async throws(ProviderError) -> Answer
    ) async -> Result<Answer, ProviderError> {
        let deadline = deadline ?? options.readDeadline
        let grace = Task.isCancelled ? .zero : options.readGrace
        if let answer = await answer(within: deadline, grace: grace, call) { return answer }
        let reason =
            Task.isCancelled
            ? "no answer before we were to stop"
            : "no answer within \(deadline.components.seconds) s, and we gave up waiting"
        return .failure(ProviderError(.transient(retryAfter: nil), reason))
    }

    /// Sends a write. What did not answer in time may still be done by the CA, much later. An engine that is asked to
    /// stop waits a while for the answer: a lost one costs minutes of looking.
    ///
    /// - Parameter intent: when the intent was put on record. A write whose time was used up before it began is not
    ///   sent at all.
    func write<Answer: Sendable>(
        since intent: Date, within deadline: Duration, abandoned: Duration,
        _ call: @escaping @Sendable () async throws(ProviderError) -> Answer
    ) async -> Result<Answer, ProviderError> {
        let left = deadline - .seconds(max(0, time.now().timeIntervalSince(intent)))
        guard left > .zero else {
            return .failure(ProviderError(.transient(retryAfter: nil), "its time was used up before it was sent"))
        }
        return await answer(within: left, grace: options.stopGrace, call)
            ?? .failure(
                ProviderError(
                    .ambiguous(settle: abandoned),
                    "no answer within \(deadline.components.seconds) s, and we gave up waiting"))
    }

    /// The call's answer, or `nil` when time ran out first, or when this task was cancelled and the grace was over. The
    /// call is then cancelled, and not waited for: a provider that does not listen must not hold a lease beyond its end.
    func answer<Answer: Sendable, Failure>(
        within limit: Duration, grace: Duration,
        _ call: @escaping @Sendable () async throws(Failure) -> Answer
    ) async -> Result<Answer, Failure>? {
        let (answers, continuation) = AsyncStream.makeStream(
            of: Result<Answer, Failure>.self, bufferingPolicy: .bufferingOldest(1))
        let asking = Task {
            do throws(Failure) {
                continuation.yield(.success(try await call()))
            } catch {
                continuation.yield(.failure(error))
            }
            continuation.finish()
        }
        let clock = time.clock
        let end: @Sendable (Duration) -> Task<Void, Never> = { delay in
            Task {
                // Cancelled as soon as there is an answer; then nothing is to be ended.
                guard (try? await sleep(delay, on: clock)) != nil else { return }
                continuation.finish()
            }
        }
        let waiting = end(limit)
        defer {
            asking.cancel()
            waiting.cancel()
        }
        // A task of its own, which the cancellation of this one does not end.
        let answering = Task { await answers.first { _ in true } }
        return await withTaskCancellationHandler {
            await answering.value
        } onCancel: {
            if grace > .zero { _ = end(grace) } else { continuation.finish() }
        }
    }
}

/// In short naps: one that is cancelled is kept by the runtime until it would have ended, and an import asks thousands of
/// questions a minute.
private func sleep<Time: Clock>(_ delay: Duration, on clock: Time) async throws where Time.Duration == Duration {
    let end = clock.now.advanced(by: delay)
    while clock.now < end {
        try await clock.sleep(until: min(end, clock.now.advanced(by: .seconds(1))), tolerance: nil)
    }
}
