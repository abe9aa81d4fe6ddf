// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct OrderEndingTests {
    private let now = OrderSamples.start
    private let policy = OrderSamples.policy

    @Test func `an order that was never sent is cancelled without asking`() throws {
        var order = OrderSamples.order()
        let decision = try order.receive(.cancelWished(comments: "moved"), at: now, policy: policy)
        #expect(order.phase == .cancelled && decision.next == nil)
    }

    @Test func `an order whose answer is awaited cannot be cancelled`() {
        var order = OrderSamples.order(.submitting)
        #expect(throws: InvalidTransition.self) {
            try order.receive(.cancelWished(comments: "moved"), at: now, policy: policy)
        }
    }

    @Test func `too late goes on as if nothing had been asked`() throws {
        var order = OrderSamples.order(.placed, reference: OrderSamples.found)
        let wish = try order.receive(.cancelWished(comments: "moved"), at: now, policy: policy)
        #expect(wish.next == .cancel && order.cancelComments == "moved")
        let decision = try order.receive(.cancelAnswered(.tooLate), at: now, policy: policy)
        #expect(order.phase == .placed && decision.next == .poll)
    }

    @Test func `a lost withdrawal is answered by reading`() throws {
        var order = OrderSamples.order(.cancelling, reference: OrderSamples.found)
        let lost = OrderSamples.error(.ambiguous(settle: .zero))
        #expect(try order.receive(.cancelFailed(lost), at: now, policy: policy).next == .poll)
        #expect(try order.receive(.polled(OrderSamples.snapshot(.processing)), at: now, policy: policy).next == .cancel)
        _ = try order.receive(.polled(OrderSamples.snapshot(.cancelled)), at: now, policy: policy)
        #expect(order.phase == .cancelled)
    }

    @Test func `retry reads what is paid for, and looks before it buys`() throws {
        var paid = OrderSamples.order(.stuck, reference: OrderSamples.found)
        #expect(try paid.receive(.resolved(.retry), at: now, policy: policy).next == .poll)
        #expect(paid.phase == .placed)
        var unsent = OrderSamples.order(.stuck)
        unsent.attempts = 3
        #expect(try unsent.receive(.resolved(.retry), at: now, policy: policy).next == .locate)
        #expect(unsent.phase == .drafted && unsent.attempts == 0)
        try unsent.intend(.locate, at: now, policy: policy)
        let found = try unsent.receive(.located(.found(OrderSamples.found), asked: now), at: now, policy: policy)
        #expect(unsent.phase == .placed && found.next == .poll)
    }

    @Test func `what an import finds answers a stuck order`() throws {
        var order = OrderSamples.order(.stuck)
        let decision = try order.receive(.located(.found(OrderSamples.found), asked: now), at: now, policy: policy)
        #expect(order.phase == .placed && order.reference == OrderSamples.found && decision.next == .poll)
    }

    @Test func `an imported order at rest follows the CA, and one of ours does not`() throws {
        var imported = OrderSamples.order(.rejected, reference: OrderSamples.found)
        imported.kind = .imported
        let same = try imported.receive(.imported(OrderSamples.snapshot(.rejected)), at: now, policy: policy)
        #expect(imported.phase == .rejected && same.next == nil)
        let revived = try imported.receive(.imported(OrderSamples.snapshot(.processing)), at: now, policy: policy)
        #expect(imported.phase == .placed && revived.next == .poll)
        var ours = OrderSamples.order(.rejected, reference: OrderSamples.found)
        #expect(throws: InvalidTransition.self) {
            try ours.receive(.imported(OrderSamples.snapshot(.processing)), at: now, policy: policy)
        }
    }

    @Test func `a person's reference is adopted`() throws {
        var order = OrderSamples.order(.stuck)
        let decision = try order.receive(.resolved(.placed(OrderSamples.found)), at: now, policy: policy)
        #expect(order.phase == .placed && order.reference == OrderSamples.found && decision.next == .poll)
    }

    @Test func `letting go says what stays at the CA`() throws {
        var order = OrderSamples.order(.stuck, reference: OrderSamples.found)
        let decision = try order.receive(.resolved(.abandon), at: now, policy: policy)
        #expect(order.phase == .cancelled && decision.next == nil)
        #expect(decision.note.contains("77"))
    }
}
