// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import HostSupport

struct PaceTests {
    private let now = Date(timeIntervalSince1970: 1_767_225_600)

    private func begun(_ pace: inout Pace, at date: Date) -> Int {
        var count = 0
        while count < 1000, case .begins = pace.ask(at: date) { count += 1 }
        return count
    }

    @Test func `no more are under way than allowed, and one that ends makes room`() {
        var pace = Pace(most: 8)
        #expect(begun(&pace, at: now) == 8)
        #expect(pace.ask(at: now) == .waits(until: nil))
        pace.end()
        #expect(begun(&pace, at: now) == 1)
    }

    @Test func `a rate spreads what begins`() {
        var pace = Pace(most: 8, perSecond: 4)
        #expect(begun(&pace, at: now) == 1)
        #expect(pace.ask(at: now) == .waits(until: now.addingTimeInterval(0.25)))
        #expect(begun(&pace, at: now.addingTimeInterval(0.25)) == 1)
    }

    @Test func `a complaint halves, and closes for as long as the CA asks`() {
        var pace = Pace(most: 8)
        _ = begun(&pace, at: now)
        pace.slowDown(begun: now, delay: .seconds(30), at: now.addingTimeInterval(1))
        #expect(pace.allowed == 4)
        for _ in 0..<7 { pace.end() }
        #expect(pace.ask(at: now.addingTimeInterval(30)) == .waits(until: now.addingTimeInterval(31)))
        #expect(begun(&pace, at: now.addingTimeInterval(31)) == Int(pace.allowed))
    }

    @Test func `one complaint that comes to many requests halves once`() {
        var pace = Pace(most: 8)
        _ = begun(&pace, at: now)
        for _ in 0..<8 { pace.slowDown(begun: now, delay: nil, at: now.addingTimeInterval(1)) }
        #expect(pace.allowed == 4)
        #expect(pace.inFlight == 0)
    }

    @Test func `it never stops altogether, and recovers one by one`() {
        var pace = Pace(most: 8)
        for second in 0..<10 {
            let then = now.addingTimeInterval(Double(second) * 10)
            _ = pace.ask(at: then)
            pace.slowDown(begun: then, delay: nil, at: then.addingTimeInterval(1))
        }
        #expect(pace.allowed == 1)
        var answers = 0
        let later = now.addingTimeInterval(1000)
        while pace.allowed < 8, answers < 1000 {
            _ = pace.ask(at: later)
            pace.end()
            answers += 1
        }
        #expect((8...64).contains(answers))
    }

    @Test func `a pacer lets everybody through, first come first served`() async throws {
        let pacer = Pacer(Pace(most: 2))
        let done = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    guard (try? await pacer.begin()) != nil else { return false }
                    await Task.yield()
                    pacer.end()
                    return true
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(done == 50)
    }

    @Test func `who is given up while waiting leaves the line to the others`() async throws {
        let pacer = Pacer(Pace(most: 1))
        try await pacer.begin()
        let waiting = Task { try await pacer.begin() }
        await Task.yield()
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        pacer.end()
        try await pacer.begin()
    }
}
