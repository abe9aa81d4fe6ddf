// SPDX-License-Identifier: Apache-2.0

import ProviderHTTP
import PublicCA
import Synchronization
import Testing

struct ConcurrentReadsTests {
    @Test func `answers come in the order of what was asked, and never too many at once`() async throws {
        let running = Mutex((now: 0, most: 0))
        let answers = try await ConcurrentReads.all(Array(0..<100), atOnce: 8) { (number) throws(ProviderError) in
            running.withLock {
                $0.now += 1
                $0.most = max($0.most, $0.now)
            }
            await Task.yield()
            running.withLock { $0.now -= 1 }
            return number * 2
        }
        #expect(answers == (0..<100).map { $0 * 2 })
        #expect(running.withLock { $0.most } <= 8)
    }

    @Test func `one failure is the answer to all`() async {
        await #expect(throws: ProviderError(.notFound, "no 7")) {
            try await ConcurrentReads.all(Array(0..<20)) { (number) throws(ProviderError) -> Int in
                if number == 7 { throw ProviderError(.notFound, "no 7") }
                return number
            }
        }
    }

    @Test func `nothing asked is nothing answered`() async throws {
        let answers = try await ConcurrentReads.all([Int]()) { (number) throws(ProviderError) in number }
        #expect(answers.isEmpty)
    }
}
