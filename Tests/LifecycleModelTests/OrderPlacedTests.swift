// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct OrderPlacedTests {
    private let now = OrderSamples.start
    private let policy = OrderSamples.policy

    private func placed() -> Order {
        var order = OrderSamples.order(.placed, reference: OrderSamples.found)
        order.placedAt = now
        order.phaseSince = now
        return order
    }

    @Test func `an unknown word is neither an error nor an end`() throws {
        var order = placed()
        let decision = try order.receive(
            .polled(OrderSamples.snapshot(.unrecognized, "Perplexed")), at: now, policy: policy)
        #expect(order.phase == .placed)
        #expect(order.wording == "Perplexed")
        #expect(order.problem == nil)
        #expect(decision.next == .poll)
    }

    @Test func `polling slows down and never ends`() throws {
        var order = placed()
        var waits: [TimeInterval] = []
        var then = now
        for _ in 0..<40 {
            let decision = try order.receive(.polled(OrderSamples.snapshot(.processing)), at: then, policy: policy)
            let due = try #require(decision.due)
            waits.append(due.timeIntervalSince(then))
            then = due
        }
        #expect(waits == waits.sorted())
        #expect(waits.last == 86400)
        #expect(order.phase == .placed)
    }

    @Test func `the CA's suggestion decides when to look again`() throws {
        var order = placed()
        var snapshot = OrderSamples.snapshot(.processing)
        snapshot.checkAfter = .seconds(77)
        let decision = try order.receive(.polled(snapshot), at: now, policy: policy)
        #expect(decision.due == now.addingTimeInterval(77))
    }

    @Test func `a short word of the CA is not believed for ever`() throws {
        var order = placed()
        var snapshot = OrderSamples.snapshot(.processing)
        snapshot.checkAfter = .seconds(5)
        var then = now
        let waits = try (0..<40).map { _ in
            let due = try #require(try order.receive(.polled(snapshot), at: then, policy: policy).due)
            defer { then = due }
            return due.timeIntervalSince(then)
        }
        #expect(waits.prefix(6).allSatisfy { $0 == 5 })
        #expect(waits == waits.sorted())
        #expect(waits.last == 86400)
    }

    @Test func `not found is not visible yet, then a person's matter`() throws {
        var order = placed()
        let error = OrderSamples.error(.notFound)
        let early = try order.receive(.readFailed(error), at: now.addingTimeInterval(59), policy: policy)
        #expect(order.phase == .placed && early.next == .poll)
        let late = try order.receive(.readFailed(error), at: now.addingTimeInterval(61), policy: policy)
        #expect(order.phase == .stuck && late.next == nil)
    }

    @Test func `one failure after a long wait for approval is one failure`() throws {
        var order = placed()
        var then = now
        for _ in 0..<30 {
            let decision = try order.receive(
                .polled(OrderSamples.snapshot(.awaitingApproval)), at: then, policy: policy)
            then = try #require(decision.due)
        }
        let failed = try order.receive(
            .readFailed(OrderSamples.error(.transient(retryAfter: nil))), at: then, policy: policy)
        #expect(order.phase == .placed)
        #expect(failed.due == then.addingTimeInterval(5))
    }

    @Test func `an outage leaves no mark on the wait for approval`() throws {
        var order = placed()
        var then = now
        for _ in 0..<12 {
            let failed = try order.receive(
                .readFailed(OrderSamples.error(.transient(retryAfter: nil))), at: then, policy: policy)
            then = try #require(failed.due)
        }
        let pending = try order.receive(.polled(OrderSamples.snapshot(.processing)), at: then, policy: policy)
        #expect(pending.due == then.addingTimeInterval(2))
        #expect(order.failures.count == 0)
    }

    @Test func `a certificate that was issued just now may be invisible for a moment`() throws {
        var order = placed()
        let later = now.addingTimeInterval(7 * 86400)
        _ = try order.receive(.polled(OrderSamples.snapshot(.issued(OrderSamples.issued))), at: later, policy: policy)
        let early = try order.receive(.readFailed(OrderSamples.error(.notFound)), at: later, policy: policy)
        #expect(order.phase == .issued && early.next == .collect)
    }

    @Test func `a signing request is not handed in for ever`() throws {
        var order = placed()
        var then = now
        for _ in 0..<policy.attempts {
            let ready = try order.receive(.polled(OrderSamples.snapshot(.readyToFinalize)), at: then, policy: policy)
            #expect(ready.next == .finalize)
            try order.intend(.finalize, at: then, policy: policy)
            _ = try order.receive(.finalized, at: then, policy: policy)
            then = try #require(order.settlesAt)
        }
        let last = try order.receive(.polled(OrderSamples.snapshot(.readyToFinalize)), at: then, policy: policy)
        #expect(last.next == nil && order.phase == .stuck)
    }

    @Test func `a reissue that still shows its predecessor is not done`() throws {
        var order = placed()
        order.phase = .issued
        let decision = try order.receive(.stillPredecessor(wording: "Issued"), at: now, policy: policy)
        #expect(order.phase == .placed && decision.next == .poll)
    }

    @Test func `what fails the check is kept and never delivered`() throws {
        var order = placed()
        order.phase = .issued
        let chain = CertificateChain(certificates: [Data([1, 2])])
        _ = try order.receive(.checkFailed(problems: ["it lacks a.example.org"], chain), at: now, policy: policy)
        #expect(order.phase == .stuck)
        #expect(order.heldChain == chain)
        #expect(order.certificate == nil)
    }

    @Test func `a certificate that ended before it was collected is a person's matter`() throws {
        var order = placed()
        order.phase = .issued
        let snapshot = CertificateSnapshot(state: .revoked(Revocation()), wording: "Revoked")
        _ = try order.receive(.notCollectable(snapshot), at: now, policy: policy)
        #expect(order.phase == .stuck)
    }

    @Test func `still ready after a lost finalization is believed only later`() throws {
        var order = placed()
        try order.intend(.finalize, at: now, policy: policy)
        _ = try order.receive(
            .finalizeFailed(OrderSamples.error(.ambiguous(settle: .seconds(10)))), at: now, policy: policy)
        let early = try order.receive(.polled(OrderSamples.snapshot(.readyToFinalize)), at: now, policy: policy)
        #expect(early.next == .poll && early.due == now.addingTimeInterval(60))
        let late = try order.receive(
            .polled(OrderSamples.snapshot(.readyToFinalize)), at: now.addingTimeInterval(60), policy: policy)
        #expect(late.next == .finalize)
    }

    @Test func `a full inventory waits for room`() throws {
        var order = placed()
        order.phase = .issued
        let full = try order.receive(.noRoom(endsAt: nil), at: now, policy: policy)
        #expect(order.phase == .awaitingCapacity && full.due == now.addingTimeInterval(3600))
        let room = try order.receive(.room, at: now, policy: policy)
        #expect(order.phase == .issued && room.next == .collect && room.due == now)
    }
}
