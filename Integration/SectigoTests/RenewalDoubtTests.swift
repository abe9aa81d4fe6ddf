// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import LifecycleTesting
import PublicCA
import RepositoryTesting
import SCMSimulator
import Testing

/// A renewal while other people are at work. It carries no comments of ours, and is known by its certificate alone.
struct RenewalDoubtTests {
    private static let lost = #"{"kind": "loseAnswer", "path": "/api/ssl/v1/renewById"}"#
    private static let never = #"{"kind": "loseRequest", "path": "/api/ssl/v1/renewById"}"#

    @Test func `a renewal that was made in the portal is noticed before we renew`() async throws {
        try await SimulatedLab.run { lab in
            let certificate = try await lab.issued("shop.example.com")
            _ = try lab.renewInPortal(certificate)
            let renewal = try await lab.run(lab.engine.renew(certificate.id))
            #expect(renewal.phase == .rejected && renewal.problem?.contains("renewed already") == true)
            #expect(try lab.calls("renewById") == 0 && lab.account.placed().count == 2)
        }
    }

    @Test(arguments: [
        // With an answer that is lost, spoilt, or has no number in it, as some servers give.
        lost, #"{"kind": "truncated", "path": "/api/ssl/v1/renewById"}"#,
        #"{"kind": "empty", "acts": true, "path": "/api/ssl/v1/renewById"}"#,
    ])
    func `a renewal without an answer is found by its certificate`(_ fault: String) async throws {
        try await SimulatedLab.run { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(fault)
            let renewal = try await lab.run(lab.engine.renew(certificate.id))
            #expect(renewal.phase == .completed && renewal.reference == OrderReference("1001"))
            #expect(try lab.calls("renewById") == 1)
        }
    }

    @Test(arguments: [false, true])
    func `ours is told from one that the portal made at the same time`(_ keepsComments: Bool) async throws {
        try await SimulatedLab.run(#"{"quirks": {"renewalKeepsComments": \#(keepsComments)}}"#) { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(Self.lost)
            let renewal = try await lab.engine.renew(certificate.id)
            try await lab.engine.pass(.order(renewal.id))
            let portal = try lab.renewInPortal(certificate)
            let done = try await lab.run(renewal)
            #expect(done.phase == .completed && done.reference == OrderReference("1001") && portal == 1002)
            #expect(try await lab.lab.certificate(of: done).facts.publicKey == done.publicKey)
            #expect(try await lab.lab.repository.order(account: "test", reference: OrderReference("1002")) == nil)
            #expect(try lab.calls("renewById") == 1)
        }
    }

    @Test func `one that never arrived is not bought when the portal has renewed meanwhile`() async throws {
        try await SimulatedLab.run { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(Self.never)
            let renewal = try await lab.engine.renew(certificate.id)
            try await lab.engine.pass(.order(renewal.id))
            _ = try lab.renewInPortal(certificate)
            let done = try await lab.run(renewal)
            #expect(done.phase == .rejected && done.problem?.contains("renewed already") == true)
            #expect(done.certificate == nil)
            #expect(try lab.calls("renewById") == 1 && lab.account.placed().count == 2)
        }
    }

    @Test func `one that cannot be told apart ends with a person, and is never bought again`() async throws {
        try await SimulatedLab.run { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(Self.lost)
            let renewal = try await lab.engine.renew(certificate.id)
            try await lab.engine.pass(.order(renewal.id))
            // It waits for approval, say, and has no certificate to tell by.
            try lab.simulator.control("POST", "status", #"{"id": 1001, "status": "Requested"}"#)
            let done = try await lab.run(renewal)
            #expect(done.phase == .stuck && done.problem?.contains("1001") == true)
            #expect(try lab.calls("renewById") == 1)
        }
    }

    @Test func `a certificate that is renewed by nothing that shows ends with a person, too`() async throws {
        try await SimulatedLab.run(#"{"quirks": {"listLagSeconds": 999999}}"#) { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(Self.lost)
            let done = try await lab.run(lab.engine.renew(certificate.id))
            #expect(done.phase == .stuck && done.problem?.contains("never the order itself") == true)
            #expect(try lab.calls("renewById") == 1)
        }
    }
}
