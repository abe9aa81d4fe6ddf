// SPDX-License-Identifier: Apache-2.0

import NIOCore

extension EventLoop {
    /// Waits on the loop's own clock, and leaves nothing behind when the task is cancelled.
    ///
    /// `Task.sleep` keeps what would have woken a cancelled task until its time is up. With a deadline of two minutes for
    /// each of many thousand requests that is most of the memory of an import.
    func sleep(for duration: Duration) async throws {
        let alarm = scheduleTask(in: .nanoseconds(duration.inNanoseconds)) {}
        try await withTaskCancellationHandler {
            try await alarm.futureResult.get()
        } onCancel: {
            alarm.cancel()
        }
    }
}
