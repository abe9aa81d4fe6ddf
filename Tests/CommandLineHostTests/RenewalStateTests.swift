// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

@testable import CommandLineHost

struct RenewalStateTests {
    private let now = Date(timeIntervalSince1970: 1_767_225_600)

    private func state(_ fill: (inout RenewalPlan) -> Void) -> String {
        var plan = RenewalPlan(certificate: CertificateID("crt_1"), dueAt: now, reason: .expiring, note: "soon")
        fill(&plan)
        return plan.state
    }

    @Test func `a renewal is told by what has become of it`() {
        #expect(state { _ in } == "planned")
        #expect(state { $0.order = OrderID("ord_1") } == "underWay")
        #expect(state { $0.isStuck = true } == "stuck")
        #expect(
            state {
                $0.failures.extend(at: now)
                $0.problem = "no answer"
            } == "failing")
    }

    @Test func `one that was left alone is not planned any more`() {
        #expect(state { $0.problem = "another one is here for it" } == "skipped")
        // Though it had failed before.
        #expect(
            state {
                $0.failures.extend(at: now)
                $0.problem = "the CA shows it as renewed already"
                $0.isRenewedElsewhere = true
            } == "skipped")
    }
}
