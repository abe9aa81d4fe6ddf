// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine

extension Output {
    /// Says again and again what is being done, as long as it takes.
    func telling<Value>(
        _ what: String, _ body: () async throws(LifecycleError) -> Value
    ) async throws(LifecycleError) -> Value {
        let line = ProgressLine(self)
        let progress = Task { await line.run { elapsed in "\(what) (\(elapsed) s)" } }
        let result: Result<Value, LifecycleError>
        do throws(LifecycleError) {
            result = .success(try await body())
        } catch {
            result = .failure(error)
        }
        progress.cancel()
        await progress.value
        return try result.get()
    }
}
