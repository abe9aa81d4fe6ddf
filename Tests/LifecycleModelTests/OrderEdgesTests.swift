// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import PublicCA
import Testing

/// `docs/States.md` draws the machine; here it is walked, and both must agree.
struct OrderEdgesTests {
    /// `from --> to`, as the drawing writes it.
    struct Edge: Hashable, CustomStringConvertible {
        var from: String
        var to: String
        var description: String { "\(from) --> \(to)" }
    }

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

    private static let drawn: Set<Edge> = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = (try? String(contentsOf: root.appendingPathComponent("docs/States.md"), encoding: .utf8)) ?? ""
        let orders = text.components(separatedBy: "## Revocations").first ?? ""
        return Set(
            orders.split(separator: "\n").compactMap { line in
                let halves = line.components(separatedBy: " --> ")
                guard halves.count == 2, let to = halves[1].split(separator: ":").first else { return nil }
                let edge = Edge(
                    from: halves[0].trimmingCharacters(in: .whitespaces),
                    to: to.trimmingCharacters(in: .whitespaces))
                return edge.from == "[*]" || edge.to == "[*]" ? nil : edge
            })
    }()

    @Test func `every edge that is drawn can be walked`() {
        #expect(Self.drawn.subtracting(Self.walked).map(\.description).sorted() == [])
        #expect(!Self.drawn.isEmpty)
    }

    @Test func `no edge can be walked that is not drawn`() {
        #expect(Self.walked.subtracting(Self.drawn).map(\.description).sorted() == [])
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
