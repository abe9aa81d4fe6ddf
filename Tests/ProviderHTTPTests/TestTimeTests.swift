// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCATesting
import Testing

@Suite struct TestTimeTests {
    let time = TestTime()

    @Test func `date and clock stand still, and move together`() {
        let clock = time.clock
        #expect(time.now() == TestTime.usualStart && time.now() == time.now())
        let elapsed = clock.measured { time.advance(by: .milliseconds(1500)) }
        #expect(elapsed == .milliseconds(1500))
        #expect(time.now() == TestTime.usualStart.addingTimeInterval(1.5))
    }

    @Test func `a sleeper wakes when its time has come, and not before`() async throws {
        let clock = time.clock
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        await time.untilSleeping()
        time.advance(by: .seconds(9))
        #expect(time.sleepers == 1)
        time.advance(by: .seconds(1))
        try await sleeper.value
        #expect(time.sleepers == 0)
    }

    @Test func `cancellation wakes a sleeper, also one that is not asleep yet`() async {
        let clock = time.clock
        let sleeper = Task { try await clock.sleep(for: .seconds(10)) }
        await time.untilSleeping()
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        let late = Task {
            while !Task.isCancelled { await Task.yield() }
            try await clock.sleep(for: .seconds(10))
        }
        late.cancel()
        await #expect(throws: CancellationError.self) { try await late.value }
        #expect(time.sleepers == 0)
    }

    @Test func `nobody sleeps until a time that has passed`() async throws {
        try await time.clock.sleep(for: .zero)
        try await time.clock.sleep(for: .seconds(-1))
    }
}

extension Clock<Duration> {
    fileprivate func measured(_ work: () -> Void) -> Duration {
        let start = now
        work()
        return start.duration(to: now)
    }
}
