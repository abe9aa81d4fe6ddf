// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Runs a server's tasks on the thread that reads and writes for it: a call does not change threads four times on its
/// way, which would cost more than all that the books do about it.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

extension EventLoop {
    /// Waits on the loop's own clock. A task that is cancelled wakes up at once.
    @concurrent
    func sleep(milliseconds: Int) async throws {
        let alarm = scheduleTask(in: .milliseconds(Int64(milliseconds))) {}
        try await withTaskCancellationHandler {
            try await alarm.futureResult.get()
        } onCancel: {
            alarm.cancel()
        }
    }
}
