// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import Testing

struct PlanPageTests {
    private func step(_ number: Int, at seconds: Int) -> PlannedStep {
        PlannedStep(
            at: OrderSamples.start.addingTimeInterval(Double(seconds)), subject: .order(OrderID("ord_\(number)")),
            account: "demo", commonName: "", action: .poll, why: "")
    }

    @Test func `page after page is the whole, in the order of dates`() {
        var chance = ForecastSamples.Chance(state: 3)
        let steps = (0..<500).map { step($0, at: Int.random(in: 0..<100, using: &chance)) }
        var seen: [PlannedStep] = []
        var cursor: String?
        repeat {
            var page = PlanPage(after: cursor, limit: 7)
            for step in steps.shuffled(using: &chance) { page.take(step) }
            let (shown, next) = page.finish()
            #expect(shown.count <= 7)
            seen += shown
            cursor = next
        } while cursor != nil
        #expect(seen == steps.sorted { $0.cursor < $1.cursor })
        #expect(seen.map(\.at) == seen.map(\.at).sorted())
    }

    @Test func `it is full when what comes later would not be shown`() {
        var page = PlanPage(after: nil, limit: 2)
        for number in 0..<3 { page.take(step(number, at: number)) }
        let isFull = [2.0, 3].map { page.isFull(before: OrderSamples.start.addingTimeInterval($0)) }
        #expect(isFull == [false, true])
        var open = PlanPage(after: nil, limit: 3)
        for number in 0..<3 { open.take(step(number, at: number)) }
        let isOpen = !open.isFull(before: .distantFuture)
        let (steps, next) = open.finish()
        #expect(isOpen && steps.count == 3 && next == nil)
    }
}
