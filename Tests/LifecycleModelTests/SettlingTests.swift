// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

/// When "the CA does not have it" is believed: by time that somebody has measured, whatever the clocks say.
struct SettlingTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)
    private let policy = OrderPolicy()

    private func sent(by machine: String?) throws -> Order {
        var order = OrderSamples.order()
        try order.intend(.submit, at: now, by: machine.map { Uptime(machine: $0, seconds: 1000) }, policy: policy)
        return order
    }

    private func absent(_ order: inout Order, after wall: Double, _ uptime: Uptime?) throws -> Decision {
        let date = now.addingTimeInterval(wall)
        return try order.receive(.located(.absent, asked: date), at: date, by: uptime, policy: policy)
    }

    @Test func `a clock that was set forward convinces nobody`() throws {
        var order = try sent(by: "a")
        let decision = try absent(&order, after: 86400, Uptime(machine: "a", seconds: 1030))
        #expect(decision.next == .locate && decision.due == now.addingTimeInterval(86400 + 90))
    }

    @Test func `a clock that was set back does not make it wait for longer`() throws {
        var order = try sent(by: "a")
        #expect(try absent(&order, after: -86400, Uptime(machine: "a", seconds: 1120)).next == .submit)
        #expect(order.settling == nil)
    }

    @Test func `another machine waits by its own watch, from its first look`() throws {
        var order = try sent(by: "a")
        #expect(
            try absent(&order, after: 9999, Uptime(machine: "b", seconds: 7)).due == now.addingTimeInterval(9999 + 120))
        #expect(try absent(&order, after: 9999, Uptime(machine: "b", seconds: 126)).next == .locate)
        #expect(try absent(&order, after: 9999, Uptime(machine: "b", seconds: 127)).next == .submit)
    }

    @Test func `machines that take turns come to an end`() throws {
        var order = try sent(by: "a")
        for seconds in stride(from: 0.0, to: 120, by: 20) {
            let machine = seconds.truncatingRemainder(dividingBy: 40) == 0 ? "b" : "c"
            #expect(try absent(&order, after: seconds, Uptime(machine: machine, seconds: seconds)).next == .locate)
        }
        #expect(try absent(&order, after: 120, Uptime(machine: "b", seconds: 120)).next == .submit)
    }

    @Test func `where nobody has measured, dates count`() throws {
        var order = try sent(by: nil)
        #expect(try absent(&order, after: 119, Uptime(machine: "a", seconds: 5000)).next == .locate)
        #expect(try absent(&order, after: 120, Uptime(machine: "a", seconds: 5000)).next == .submit)
    }
}
