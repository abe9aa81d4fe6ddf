// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA
import Testing

/// `docs/States.md` draws the machine; here it is walked, and both must agree.
struct OrderEdgesTests {
    /// Every edge that some event, or an intent, can cause from some history of an order.
    private static let walked: Set<Edge> = {
        var edges: Set<Edge> = []
        let policy = OrderSamples.policy
        for phase in OrderPhase.allCases {
            for history in histories(of: phase) {
                for event in OrderSamples.everyEvent {
                    var order = history
                    guard (try? order.receive(event, at: OrderSamples.start, policy: policy)) != nil else { continue }
                    if order.phase != phase { edges.insert(Edge(from: phase.rawValue, to: order.phase.rawValue)) }
                }
                for step in OrderStep.allCases {
                    var order = history
                    guard (try? order.intend(step, at: OrderSamples.start, policy: policy)) != nil else { continue }
                    if order.phase != phase { edges.insert(Edge(from: phase.rawValue, to: order.phase.rawValue)) }
                }
            }
        }
        return edges
    }()

    /// Fresh and at the end of every schedule, sent never and too often, with and without a reference, ours and imported.
    private static func histories(of phase: OrderPhase) -> [Order] {
        var histories: [Order] = []
        for streak in [Streak(), OrderSamples.endless] {
            for attempts in [0, 3] {
                for reference in [nil, OrderSamples.found] {
                    for kind in [OrderKind.new, .imported] {
                        var order = OrderSamples.order(phase, reference: reference)
                        order.kind = kind
                        order.failures = streak
                        order.waits = streak
                        order.attempts = attempts
                        order.finalizations = attempts
                        histories.append(order)
                    }
                }
            }
        }
        return histories
    }

    @Test func `every edge that is drawn can be walked`() throws {
        let drawn = try Drawing.edges(under: "Orders")
        #expect(difference(drawn, Self.walked) == [])
        #expect(!drawn.isEmpty)
    }

    @Test func `no edge can be walked that is not drawn`() throws {
        #expect(difference(Self.walked, try Drawing.edges(under: "Orders")) == [])
    }

    @Test(arguments: OrderPhase.allCases)
    func `an event that does not belong to the phase changes nothing`(_ phase: OrderPhase) {
        for event in OrderSamples.everyEvent {
            var order = OrderSamples.order(phase)
            let before = order
            do throws(InvalidTransition) {
                _ = try order.receive(event, at: OrderSamples.start, policy: OrderSamples.policy)
            } catch {
                #expect(order == before)
                #expect(error.phase == phase.rawValue)
            }
        }
    }

    @Test(arguments: OrderPhase.allCases.filter(\.isFinal), OrderSamples.everyEvent)
    func `an order that was placed here takes no event at its end`(_ phase: OrderPhase, _ event: OrderEvent) {
        var order = OrderSamples.order(phase)
        #expect(throws: InvalidTransition.self) {
            try order.receive(event, at: OrderSamples.start, policy: OrderSamples.policy)
        }
    }
}
