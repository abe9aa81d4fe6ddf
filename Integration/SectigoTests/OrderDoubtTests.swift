// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import LifecycleTesting
import PublicCA
import SCMSimulator
import Testing

/// An order whose answer was lost, while other people order the same.
struct OrderDoubtTests {
    private static let lost = #"{"kind": "loseAnswer", "path": "/api/ssl/v1/enroll"}"#
    private static let never = #"{"kind": "loseRequest", "path": "/api/ssl/v1/enroll"}"#
    /// Leaves no room for the order key.
    private static let full = String(repeating: "x", count: 1020)

    /// The order after the call that went wrong.
    private func begun(_ lab: SimulatedLab, _ fault: String, comments: String = "") async throws -> Order {
        try lab.account.fault(fault)
        let order = try await lab.engine.order(SimulatedLab.wish("shop.example.com", comments: comments))
        try await lab.engine.pass(.order(order.id))
        return order
    }

    @Test(arguments: ["", full])
    func `ours is told from one that was ordered in the portal at the same time`(_ comments: String) async throws {
        try await SimulatedLab.run { lab in
            let before = try lab.orderInPortal("shop.example.com")
            let order = try await self.begun(lab, Self.lost, comments: comments)
            let after = try lab.orderInPortal("shop.example.com")
            let done = try await lab.run(order)
            #expect(done.phase == .completed && done.reference == OrderReference("1001"))
            #expect(before == 1000 && after == 1002)
            #expect(try lab.calls("enroll") == 1)
        }
    }

    @Test(arguments: ["", full])
    func `one that never arrived is bought once, whatever the portal has`(_ comments: String) async throws {
        try await SimulatedLab.run { lab in
            let order = try await self.begun(lab, Self.never, comments: comments)
            let portal = try lab.orderInPortal("shop.example.com")
            let done = try await lab.run(order)
            #expect(done.phase == .completed && done.reference == OrderReference("1001") && portal == 1000)
            #expect(try lab.account.placed().count == 2)
        }
    }

    @Test func `what may be ours and shows no key ends with a person, and buys nothing`() async throws {
        try await SimulatedLab.run { lab in
            let order = try await self.begun(lab, Self.never, comments: Self.full)
            let portal = try lab.orderInPortal("shop.example.com")
            try lab.simulator.control("POST", "status", #"{"id": \#(portal), "status": "Applied"}"#)
            let done = try await lab.run(order)
            #expect(done.phase == .stuck && done.candidates == [OrderReference("\(portal)")])
            #expect(try lab.account.placed().count == 1)
        }
    }

    @Test(arguments: ["newestFirst", "oldestFirst"])
    func `a list that lags hides nothing for longer than we wait`(_ order: String) async throws {
        let quirks = #"{"quirks": {"listLagSeconds": 55, "listOrder": "\#(order)"}}"#
        try await SimulatedLab.run(quirks) { lab in
            let order = try await self.begun(lab, Self.lost)
            #expect(try await lab.run(order).phase == .completed)
            #expect(try lab.calls("enroll") == 1)
        }
    }

    @Test func `an entry that cannot be read does not hide ours`() async throws {
        try await SimulatedLab.run { lab in
            let order = try await self.begun(lab, Self.lost)
            let portal = try lab.orderInPortal("shop.example.com")
            try lab.account.fault(
                #"{"kind": "error", "status": 500, "code": -2, "count": 9999, "path": "/api/ssl/v1/\#(portal)"}"#)
            let done = try await lab.run(order)
            #expect(done.phase == .completed && done.reference == OrderReference("1000"))
            #expect(try lab.calls("enroll") == 1)
        }
    }

    @Test(arguments: [#""status": 500, "code": -2"#, #""status": 404, "code": -5101"#])
    func `an entry that cannot be read may be ours, and nothing is bought`(_ failure: String) async throws {
        try await SimulatedLab.run { lab in
            let order = try await self.begun(lab, Self.lost)
            try lab.account.fault(#"{"kind": "error", \#(failure), "count": 9999, "path": "/api/ssl/v1/1000"}"#)
            let done = try await lab.run(order)
            #expect(done.phase == .stuck && done.problem?.contains("locate") == true)
            #expect(try lab.calls("enroll") == 1)
        }
    }

    @Test func `what was bought for a caller's key before a home was lost is not bought again`() async throws {
        try await SimulatedLab.run { lab in
            var wish = SimulatedLab.wish("shop.example.com")
            wish.callerKey = "deploy-7"
            _ = try await lab.run(lab.engine.order(wish))
            try lab.pass(.seconds(30 * 86_400))
            let later = try await lab.withoutRecords()
            let done = try await later.run(later.engine.order(wish))
            #expect(done.phase == .completed && done.reference == OrderReference("1000"), "\(done.problem ?? "")")
            #expect(try lab.calls("enroll") == 1)
        }
    }
}
