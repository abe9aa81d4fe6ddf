// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct OrderSubmittingTests {
    private let now = OrderSamples.start
    private let policy = OrderSamples.policy

    private func submitted() throws -> Order {
        var order = OrderSamples.order()
        try order.intend(.submit, at: now, policy: policy)
        return order
    }

    @Test func `an intent counts as an attempt before anything is sent`() throws {
        let order = try submitted()
        #expect(order.phase == .submitting)
        #expect(order.attempts == 1)
        #expect(order.settlesAt == now.addingTimeInterval(120))
    }

    @Test func `a host that dies leaves a lookup, not a second purchase`() throws {
        #expect(try submitted().afterSilence(of: .submit) == .locate)
    }

    @Test func `a placed order is read at once`() throws {
        var order = try submitted()
        let decision = try order.receive(.placed(OrderSamples.found), at: now, policy: policy)
        #expect(order.phase == .placed)
        #expect(order.reference == OrderSamples.found)
        #expect(decision.next == .poll && decision.due == now)
    }

    @Test func `a lost answer leads to a lookup`() throws {
        var order = try submitted()
        let error = OrderSamples.error(.ambiguous(settle: .seconds(900)))
        let decision = try order.receive(.placeFailed(error), at: now, policy: policy)
        #expect(order.phase == .submitting)
        #expect(decision.next == .locate)
        #expect(order.settlesAt == now.addingTimeInterval(900))
    }

    @Test func `absent is not believed when the lookup began before the order had time to appear`() throws {
        var order = try submitted()
        let decision = try order.receive(
            .located(.absent, asked: now.addingTimeInterval(119)), at: now.addingTimeInterval(150), policy: policy)
        #expect(order.phase == .submitting)
        #expect(decision.next == .locate && decision.due == now.addingTimeInterval(150))
    }

    @Test func `absent leads to another attempt once it can be believed`() throws {
        var order = try submitted()
        let decision = try order.receive(
            .located(.absent, asked: now.addingTimeInterval(120)), at: now.addingTimeInterval(121), policy: policy)
        #expect(order.phase == .drafted)
        #expect(decision.next == .submit)
    }

    @Test func `attempts that were sent and never seen end with a person`() throws {
        var order = OrderSamples.order()
        for attempt in 1...policy.attempts {
            try order.intend(.submit, at: now, policy: policy)
            #expect(order.attempts == attempt)
            let later = now.addingTimeInterval(200)
            _ = try order.receive(.located(.absent, asked: later), at: later, policy: policy)
        }
        #expect(order.phase == .stuck)
    }

    @Test func `an outage in which nothing was sent uses no attempt up`() throws {
        var order = OrderSamples.order()
        for _ in 0..<10 {
            try order.intend(.submit, at: now, policy: policy)
            _ = try order.receive(
                .placeFailed(OrderSamples.error(.transient(retryAfter: nil))), at: now, policy: policy)
        }
        #expect(order.phase == .drafted)
        #expect(order.attempts == 0)
    }

    @Test func `a CA that fails for ever ends with a person, after a week`() throws {
        var order = OrderSamples.order()
        var then = now
        var rounds = 0
        while order.phase != .stuck, rounds < 100 {
            try order.intend(.submit, at: then, policy: policy)
            let decision = try order.receive(
                .placeFailed(OrderSamples.error(.transient(retryAfter: nil))), at: then, policy: policy)
            then = decision.due ?? then
            rounds += 1
        }
        #expect(rounds == policy.retry.failures.count + 1)
        #expect((6 * 86400.0...8 * 86400).contains(then.timeIntervalSince(now)))
        #expect(order.problem?.contains("something went wrong") == true)
    }

    @Test func `asking every second uses no schedule up`() throws {
        var order = try submitted()
        for second in 0..<200 {
            _ = try order.receive(
                .lookupFailed(OrderSamples.error(.transient(retryAfter: nil))),
                at: now.addingTimeInterval(Double(second)), policy: policy)
        }
        #expect(order.phase == .submitting)
    }

    @Test func `the CA's own wait is honoured when it is longer`() throws {
        var order = try submitted()
        let error = OrderSamples.error(.transient(retryAfter: .seconds(3600)))
        let decision = try order.receive(.placeFailed(error), at: now, policy: policy)
        #expect(decision.due == now.addingTimeInterval(3600))
    }

    @Test func `a refused account pauses it and the attempt does not count`() throws {
        var order = try submitted()
        let decision = try order.receive(.placeFailed(OrderSamples.error(.account)), at: now, policy: policy)
        #expect(order.phase == .drafted)
        #expect(order.attempts == 0)
        #expect(decision.pausesAccount != nil && decision.next == .submit)
    }

    @Test(arguments: OrderSamples.dispositions)
    func `a lookup that failed never leads to a purchase`(_ disposition: ProviderError.Disposition) throws {
        var order = try submitted()
        let decision = try order.receive(
            .lookupFailed(OrderSamples.error(disposition)), at: now.addingTimeInterval(9999), policy: policy)
        #expect(order.phase == .submitting)
        #expect(decision.next == .locate)
    }

    @Test func `undecided is looked at again, never bought, and shows its candidates`() throws {
        var order = try submitted()
        var then = now.addingTimeInterval(9999)
        var rounds = 0
        while order.phase == .submitting, rounds < 100 {
            let decision = try order.receive(
                .located(.undecided([OrderSamples.found]), asked: then), at: then, policy: policy)
            #expect(decision.next != .submit)
            #expect(order.candidates == [OrderSamples.found])
            then = decision.due ?? then
            rounds += 1
        }
        #expect(order.phase == .stuck)
        #expect(rounds == policy.retry.lookups.count + 1)
    }

    @Test func `undecided between no orders ends with a person as well, and says what that means`() throws {
        var order = try submitted()
        var then = now.addingTimeInterval(9999)
        for _ in 0...policy.retry.lookups.count {
            #expect(order.problem?.contains("has ,") != true)
            then = try order.receive(.located(.undecided([]), asked: then), at: then, policy: policy).due ?? then
        }
        #expect(order.phase == .stuck && order.problem?.contains("never the order itself") == true)
    }

    @Test func `a CA that cannot be asked is sent only what was never sent`() throws {
        var fresh = OrderSamples.order()
        try fresh.intend(.locate, at: now, policy: policy)
        #expect(try fresh.receive(.lookupImpossible, at: now, policy: policy).next == .submit)
        var sent = try submitted()
        #expect(try sent.receive(.lookupImpossible, at: now, policy: policy).next == nil)
        #expect(sent.phase == .stuck)
    }

    @Test func `a caller's key is looked for before the first purchase`() throws {
        var order = OrderSamples.order()
        try order.intend(.locate, at: now, policy: policy)
        #expect(order.phase == .submitting && order.attempts == 0)
        let decision = try order.receive(.located(.absent, asked: now), at: now, policy: policy)
        #expect(order.phase == .drafted && decision.next == .submit)
    }
}
