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

    /// Fresh, at the end of every schedule, and with and without a reference.
    private static func histories(of phase: OrderPhase) -> [Order] {
        [0, 1000].flatMap { tries in
            [0, 3].flatMap { attempts in
                [nil, OrderSamples.found].map { reference in
                    var order = OrderSamples.order(phase, reference: reference)
                    order.tries = tries
                    order.attempts = attempts
                    return order
                }
            }
        }
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
    func `a final phase takes no event`(_ phase: OrderPhase, _ event: OrderEvent) {
        var order = OrderSamples.order(phase)
        #expect(throws: InvalidTransition.self) {
            try order.receive(event, at: OrderSamples.start, policy: OrderSamples.policy)
        }
    }
}
