// SPDX-License-Identifier: Apache-2.0

import Foundation
import LifecycleModel
import Proof
import Testing

/// The explorer can fail: what an engine or a repository might do wrong is found by it.
struct BrokenEngineTests {
    private func findings(
        _ name: String = "order", _ breakage: @escaping @Sendable (ChangeSet) -> ChangeSet
    ) async throws -> Set<String> {
        let scenario = try #require(Scenario.all.first { $0.name == name })
        let exploration = await Exploration.of(scenario, breakage: breakage)
        return Set(exploration.failures.flatMap(\.findings))
    }

    @Test(arguments: ["order", "renew"])
    func `an intent that is not on record buys twice`(name: String) async throws {
        let findings = try await findings(name) { changes in
            var forgetful = changes
            forgetful.puts = changes.puts.map { put in
                guard case .order(var order) = put, order.phase == .submitting else { return put }
                order.phase = .drafted
                return .order(order)
            }
            forgetful.work = changes.work.map { change in
                guard case .put(var item) = change, item.step == "locate" else { return change }
                item.step = "submit"
                return .put(item)
            }
            return forgetful
        }
        let wanted = name == "order" ? 1 : 2
        #expect(findings.contains { $0.hasPrefix("bought ") && $0.hasSuffix("wanted \(wanted)") })
        #expect(findings.contains("sent a purchase without its intent on record"))
    }

    @Test func `a time to appear that is cut short buys twice`() async throws {
        let findings = try await findings { changes in
            var hasty = changes
            hasty.puts = changes.puts.map { put in
                guard case .order(var order) = put else { return put }
                order.settling = nil
                order.settlesAt = order.settlesAt?.addingTimeInterval(-20)
                return .order(order)
            }
            return hasty
        }
        #expect(findings.contains("bought 2, wanted 1"))
    }

    @Test func `a key that is not kept is missed`() async throws {
        let findings = try await findings { changes in
            var careless = changes
            careless.puts.removeAll { if case .key = $0 { true } else { false } }
            return careless
        }
        #expect(findings.contains { $0.hasPrefix("a certificate's key is lost") })
    }

    @Test func `a line that is not written is missed`() async throws {
        let findings = try await findings { changes in
            var silent = changes
            silent.journal.removeAll { $0.event == "completed" }
            return silent
        }
        #expect(findings.contains("the journal does not tell how an order ended"))
        #expect(findings.contains("new order became completed without a line in the journal"))
    }

    @Test func `work that is dropped is missed`() async throws {
        let findings = try await findings { changes in
            var lazy = changes
            lazy.work.removeAll { if case .put(let item) = $0 { item.step == "poll" } else { false } }
            if lazy.work.count < changes.work.count, let item = changes.claimed {
                lazy.work.append(.remove(item.subject, task: item.task))
            }
            return lazy
        }
        #expect(findings.contains { $0.hasPrefix("new order does not rest") })
        #expect(findings.contains("new order is placed, and nothing follows"))
    }

    @Test func `a lease without an end is found`() async throws {
        let findings = try await findings("order", BrokenCommit.leasesWithoutEnd)
        #expect(!findings.isEmpty)
    }
}
