// SPDX-License-Identifier: Apache-2.0

import Foundation
import PublicCATesting
import Synchronization
import Testing

@testable import Monitoring

struct ReadinessTests {
    private let readiness = Readiness()
    private let time = TestTime()

    private var problem: String? { readiness.problem(at: time.now(), patience: .seconds(60)) }

    @Test func `before the first pass nothing is ready`() {
        #expect(problem == "no pass has ended yet")
    }

    @Test func `a pass that ended well is good for as long as patience lasts`() {
        readiness.passEnded(at: time.now(), well: true)
        time.advance(by: .seconds(60))
        #expect(problem == nil)
        time.advance(by: .seconds(1))
        #expect(problem == "no pass has ended and no step was taken for 61 seconds")
    }

    @Test func `a long pass that gets on is well, and one that stands still is not`() {
        for _ in 0..<10 {
            time.advance(by: .seconds(50))
            readiness.stepTaken(at: time.now())
            #expect(problem == nil)
        }
        time.advance(by: .seconds(61))
        #expect(problem != nil)
    }

    @Test func `a pass that failed is told until one ends well, whatever steps it took`() {
        readiness.passEnded(at: time.now(), well: true)
        readiness.passEnded(at: time.now(), well: false)
        readiness.stepTaken(at: time.now())
        #expect(problem == "the last pass failed")
        readiness.passEnded(at: time.now(), well: true)
        #expect(problem == nil)
    }

    @Test func `when a pass last ended well is remembered through one that failed`() {
        let began = time.now()
        readiness.passEnded(at: began, well: true)
        time.advance(by: .seconds(5))
        readiness.passEnded(at: time.now(), well: false)
        #expect(readiness.endedWellAt == began)
    }

    @Test func `everything that is not well is told`() async {
        let checks = [
            HealthCheck("well") { nil }, HealthCheck("ill") { "it is ill" }, HealthCheck("worse") { "it is worse" },
        ]
        // Time stands still: however slow the machine, there is an answer in time.
        let report = HealthReport(checks, clock: time.clock)
        #expect(
            await report.reasons() == [
                HealthReport.Reason(check: "ill", problem: "it is ill"),
                HealthReport.Reason(check: "worse", problem: "it is worse"),
            ])
    }

    @Test func `what does not answer is not waited for, and asked once however often somebody wants to know`() async {
        let (silence, end) = AsyncStream.makeStream(of: Void.self)
        defer { end.finish() }
        let asked = Mutex(0)
        let check = HealthCheck("silent") {
            asked.withLock { $0 += 1 }
            for await _ in silence {}
            return nil
        }
        let report = HealthReport([check], limit: .seconds(2), clock: time.clock)
        for _ in 0..<3 {
            async let reasons = report.reasons()
            await time.untilSleeping()
            time.advance(by: .seconds(2))
            #expect(await reasons == [HealthReport.Reason(check: "silent", problem: "no answer in time")])
        }
        #expect(asked.withLock { $0 } == 1)
    }
}
