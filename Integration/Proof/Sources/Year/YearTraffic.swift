// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MockProvider

/// The calls that have reached a CA.
struct YearTraffic: Sendable {
    private(set) var calls: [MockCall: Int] = [:]
    private(set) var worstSecond = 0
    private(set) var worstMinute = 0
    /// Calls of the present minute.
    private(set) var lastMinute = 0
    private var lastSecond = 0
    private var second = 0
    private var minute = 0
    /// Calls that were too many for the CA.
    var refused = 0
    /// Calls that it carried out, and whose answers got lost.
    var lost = 0

    var total: Int { calls.values.reduce(0, +) }

    mutating func note(_ call: MockCall, at date: Date) {
        calls[call, default: 0] += 1
        let now = Int(date.timeIntervalSince1970)
        if now != second { (second, lastSecond) = (now, 0) }
        if now / 60 != minute { (minute, lastMinute) = (now / 60, 0) }
        lastSecond += 1
        lastMinute += 1
        worstSecond = max(worstSecond, lastSecond)
        worstMinute = max(worstMinute, lastMinute)
    }
}
