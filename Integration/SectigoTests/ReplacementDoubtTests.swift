// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import LifecycleTesting
import PublicCA
import RepositoryTesting
import SCMSimulator
import Testing

/// A replacement while other people are at work: SCM keeps the number, whoever replaces.
struct ReplacementDoubtTests {
    private static let lost = #"{"kind": "loseAnswer", "path": "/api/ssl/v1/replace"}"#
    private static let never = #"{"kind": "loseRequest", "path": "/api/ssl/v1/replace"}"#

    @Test(arguments: ["Issued", "Replaced"])
    func `a replacement without an answer is found by its certificate`(_ status: String) async throws {
        try await SimulatedLab.run(#"{"quirks": {"statusAfterReplace": "\#(status)"}}"#) { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(Self.lost)
            let done = try await lab.run(lab.engine.reissue(certificate.id, SimulatedLab.reissue))
            #expect(done.phase == .completed, "\(done.problem ?? "")")
            #expect(try await lab.lab.certificate(of: done).facts.publicKey == done.publicKey)
            #expect(try lab.calls("replace") == 1)
        }
    }

    @Test func `one that never arrived is sent again`() async throws {
        try await SimulatedLab.run { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(Self.never)
            let done = try await lab.run(lab.engine.reissue(certificate.id, SimulatedLab.reissue))
            #expect(done.phase == .completed)
            #expect(try lab.calls("replace") == 2)
        }
    }

    @Test(arguments: [never, lost])
    func `a certificate for somebody else's key is never taken for ours`(_ fault: String) async throws {
        try await SimulatedLab.run { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(fault)
            let reissue = try await lab.engine.reissue(certificate.id, SimulatedLab.reissue)
            try await lab.engine.pass(.order(reissue.id))
            try lab.pass(.seconds(3))
            try await lab.replaceElsewhere(certificate)
            try lab.pass(.seconds(3))
            let done = try await lab.run(reissue)
            #expect(done.phase == .rejected && done.certificate == nil)
            #expect(done.problem?.contains("replaced already") == true, "\(done.problem ?? "")")
            // Ours is not put over theirs.
            #expect(try lab.calls("replace") == 2)
        }
    }

    @Test func `one that somebody else replaced before is not replaced over their heads`() async throws {
        try await SimulatedLab.run { lab in
            let certificate = try await lab.issued("shop.example.com")
            try await lab.replaceElsewhere(certificate)
            try lab.pass(.seconds(3))
            let done = try await lab.run(lab.engine.reissue(certificate.id, SimulatedLab.reissue))
            #expect(done.phase == .rejected && done.problem?.contains("replaced already") == true)
            #expect(try lab.calls("replace") == 1)
        }
    }

    /// Theirs is the order's certificate now, and is for a key that is not here.
    private func expectReplaced(_ former: IssuedCertificate, of order: Order, in lab: SimulatedLab) async throws {
        let theirs = try await lab.lab.certificate(of: order)
        let seen = try await lab.lab.repository.certificate(former.id)
        #expect(theirs.id != former.id && theirs.status == .valid && theirs.successor == nil)
        #expect(seen?.status == .replaced && seen?.successor == theirs.id)
        #expect(try await lab.lab.repository.key(theirs.facts.publicKey) == nil)
    }

    @Test func `one that somebody else replaced is seen when it is looked at`() async throws {
        try await SimulatedLab.run { lab in
            let order = try await lab.run(lab.engine.order(SimulatedLab.wish("shop.example.com")))
            let certificate = try await lab.lab.certificate(of: order)
            try await lab.replaceElsewhere(certificate)
            try lab.pass(.seconds(3))
            _ = try await lab.engine.hasten(order)
            try await lab.engine.pass(.certificate(certificate.id))
            try await expectReplaced(certificate, of: order, in: lab)
        }
    }

    @Test func `what the CA works on may be theirs: its key shows it`() async throws {
        try await SimulatedLab.run(#"{"quirks": {"replaceSeconds": 3600}}"#) { lab in
            let certificate = try await lab.issued("shop.example.com")
            try lab.account.fault(Self.never)
            let reissue = try await lab.engine.reissue(certificate.id, SimulatedLab.reissue)
            try await lab.engine.pass(.order(reissue.id))
            try await lab.replaceElsewhere(certificate)
            let done = try await lab.run(reissue)
            #expect(done.phase == .stuck && done.certificate == nil)
            #expect(done.problem?.contains("another key") == true, "\(done.problem ?? "")")
            // A person lets ours go: the number is the former order's again, which is seen to be replaced.
            _ = try await lab.engine.resolve(reissue.id, as: .abandon)
            let reference = OrderReference(certificate.reference.rawValue)
            let former = try #require(try await lab.lab.repository.order(account: "test", reference: reference))
            #expect(former.id == certificate.order)
            _ = try await lab.engine.hasten(former)
            try await lab.engine.pass(.certificate(certificate.id))
            try await expectReplaced(certificate, of: former, in: lab)
        }
    }
}
