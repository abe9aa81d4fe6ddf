// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting
import RepositoryTesting
import Testing

struct CapacityTests {
    private func lab(limit: Int) async throws -> Laboratory {
        var options = EngineOptions(worker: "one")
        options.capacity = limit
        return try await Laboratory(options: options)
    }

    private func wish(_ name: String, term: Int) -> OrderWish {
        var wish = Laboratory.wish(name)
        wish.term = term
        return wish
    }

    @Test func `who ends first comes in first, by itself, as soon as there is room`() async throws {
        let lab = try await lab(limit: 1)
        let kept = try await lab.issued("kept.example.org")
        var orders: [Order] = []
        for (name, term) in [("late.example.org", 199), ("early.example.org", 47), ("middle.example.org", 100)] {
            orders.append(try await lab.engine.order(wish(name, term: term)))
            try await lab.engine.pass()
        }
        for order in orders { #expect(try await lab.stored(order.id).phase == .awaitingCapacity) }
        try await lab.engine.delete(kept.id)
        try await lab.live(days: 0.2)
        #expect(try await lab.stored(orders[1].id).phase == .completed)
        #expect(try await lab.stored(orders[0].id).phase == .awaitingCapacity)
        #expect(try await lab.stored(orders[2].id).phase == .awaitingCapacity)
        try await lab.engine.delete(orders[1].id)
        try await lab.live(days: 0.2)
        #expect(try await lab.stored(orders[2].id).phase == .completed)
        #expect(try await lab.stored(orders[0].id).phase == .awaitingCapacity)
    }

    @Test func `many that are issued at once do not overrun the limit`() async throws {
        let lab = try await lab(limit: 3)
        for number in 0..<10 { _ = try await lab.engine.order(wish("h\(number).example.org", term: 100)) }
        try await lab.live(days: 0.5)
        let counts = try await lab.repository.counts()
        #expect(counts.live(at: lab.time.now()) == 3)
        #expect(counts.orders[.awaitingCapacity] == 7)
    }

    @Test func `each place that becomes free is taken at once`() async throws {
        let lab = try await lab(limit: 2)
        let kept = [try await lab.issued("a.example.org"), try await lab.issued("b.example.org")]
        for number in 0..<3 { _ = try await lab.engine.order(wish("h\(number).example.org", term: 100)) }
        try await lab.engine.pass()
        for certificate in kept { try await lab.engine.delete(certificate.id) }
        lab.time.advance(by: .seconds(1))
        try await lab.engine.pass()
        #expect(try await lab.repository.counts().live(at: lab.time.now()) == 2)
    }

    @Test func `whoever is issued while others wait does not pass them by`() async throws {
        let lab = try await lab(limit: 1)
        let kept = try await lab.issued("kept.example.org")
        let waiting = try await lab.engine.order(wish("waiting.example.org", term: 199))
        try await lab.engine.pass()
        let new = try await lab.engine.order(wish("new.example.org", term: 199))
        try await lab.engine.delete(kept.id)
        try await lab.live(days: 0.2)
        #expect(try await lab.stored(waiting.id).phase == .completed)
        #expect(try await lab.stored(new.id).phase == .awaitingCapacity)
    }

    @Test func `what expires makes room, and a successor always fits`() async throws {
        let lab = try await lab(limit: 1)
        let kept = try await lab.certificate(of: lab.run(lab.engine.order(wish("kept.example.org", term: 47))))
        let successor = try await lab.run(lab.engine.renew(kept.id))
        #expect(successor.phase == .completed)
        let waiting = try await lab.engine.order(wish("waiting.example.org", term: 199))
        try await lab.live(days: 46)
        #expect(try await lab.stored(waiting.id).phase == .awaitingCapacity)
        try await lab.live(days: 3)
        #expect(try await lab.stored(waiting.id).phase == .completed)
    }
}
