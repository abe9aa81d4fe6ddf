// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import Testing

struct SpreadTests {
    @Test(arguments: ["crt_01m886fd49bd211k", "account ", ""])
    func `names that differ in their last characters land anywhere`(_ beginning: String) {
        var tenths = [Int](repeating: 0, count: 10)
        for number in 0..<1000 { tenths[Int(Spread.fraction(of: "\(beginning)\(number)") * 10)] += 1 }
        #expect(tenths.allSatisfy { (60...140).contains($0) }, "\(tenths)")
    }

    @Test func `the same name lands at the same place for ever`() {
        // In every version: what was planned must not move with an upgrade.
        #expect((Spread.fraction(of: "crt_1") * 1_000_000).rounded() == 286_757)
    }
}
