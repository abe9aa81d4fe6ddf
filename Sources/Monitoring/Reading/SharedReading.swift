// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A reading that is made once for all who want it at the same time: however often it is asked for, a repository that does
/// not answer has one question to answer.
final class SharedReading<Answer: Sendable>: Sendable {
    private let current = Mutex<Task<Answer, Never>?>(nil)
    private let read: @Sendable () async -> Answer

    init(_ read: @escaping @Sendable () async -> Answer) { self.read = read }

    func callAsFunction() async -> Answer {
        await current.withLock { current in
            if let current { return current }
            let begun = Task {
                let answer = await read()
                self.current.withLock { $0 = nil }
                return answer
            }
            current = begun
            return begun
        }.value
    }
}
