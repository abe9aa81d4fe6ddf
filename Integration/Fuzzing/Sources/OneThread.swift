// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Runs asynchronous work to its end on the thread that asks for it: one input then always takes the same way, and what
/// it crashes shows where.
final class OneThread: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Throws what the work throws, and a finding where it waits for something that never comes.
    static func run(_ work: @escaping @Sendable () async throws -> Void) throws {
        let thread = OneThread()
        let end = End()
        Task(executorPreference: thread) {
            do {
                try await work()
                end.result.withLock { $0 = .success(()) }
            } catch {
                end.result.withLock { $0 = .failure(error) }
            }
        }
        while let job = thread.jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
            job.runSynchronously(on: thread.asUnownedTaskExecutor())
        }
        guard let result = end.result.withLock({ $0 }) else { throw Finding("it waits for what never comes") }
        try result.get()
    }

    private final class End: Sendable {
        let result = Mutex<Result<Void, any Error>?>(nil)
    }
}
