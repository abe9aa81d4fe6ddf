// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA
import Testing

struct RevocationMachineTests {
    private let now = OrderSamples.start
    private let policy = OrderSamples.policy

    private func sent() throws -> RevocationRecord {
        var revocation = RevocationRecord(
            id: RevocationID("rev_1"), account: "demo", certificate: CertificateID("crt_1"),
            request: RevocationRequest(
                certificate: OrderSamples.issued, serialNumber: SerialNumber("0A"), reason: .superseded,
                comments: "moved"),
            createdAt: now)
        try revocation.intend(at: now)
        return revocation
    }

    private func snapshot(_ state: CertificateState, serial: String? = "0a") -> CertificateSnapshot {
        CertificateSnapshot(state: state, wording: "the CA's word", serialNumber: serial.map { SerialNumber($0) })
    }

    @Test(arguments: [RevocationOutcome.revoked, .alreadyRevoked])
    func `done, or done before, is the end`(_ outcome: RevocationOutcome) throws {
        var revocation = try sent()
        let decision = try revocation.receive(.sent(outcome), at: now, policy: policy)
        #expect(revocation.phase == .revoked && decision.next == nil)
    }

    @Test func `accepted is read until it shows`() throws {
        var revocation = try sent()
        #expect(try revocation.receive(.sent(.accepted), at: now, policy: policy).next == .read)
        #expect(try revocation.receive(.read(snapshot(.valid)), at: now, policy: policy).next == .read)
        #expect(revocation.phase == .accepted)
        _ = try revocation.receive(.read(snapshot(.revoked(Revocation()))), at: now, policy: policy)
        #expect(revocation.phase == .revoked)
    }

    @Test func `accepted and never shown is a person's matter after a week`() throws {
        var revocation = try sent()
        var waited: TimeInterval = 0
        var decision = try revocation.receive(.sent(.accepted), at: now, policy: policy)
        for _ in 0..<100 where decision.next == .read {
            let then = now.addingTimeInterval(waited)
            decision = try revocation.receive(.read(snapshot(.valid)), at: then, policy: policy)
            waited += decision.due?.timeIntervalSince(then) ?? 0
        }
        #expect(revocation.phase == .stuck && decision.next == nil)
        #expect((6 * 86400...8 * 86400).contains(waited))
    }

    @Test func `a lost answer is read, and sent again when it did nothing`() throws {
        var revocation = try sent()
        let lost = OrderSamples.error(.ambiguous(settle: .zero))
        #expect(try revocation.receive(.sendFailed(lost), at: now, policy: policy).next == .read)
        #expect(try revocation.receive(.read(snapshot(.valid)), at: now, policy: policy).next == .send)
        #expect(revocation.phase == .requested)
    }

    @Test func `another certificate's revocation under the same reference is not ours`() throws {
        var revocation = try sent()
        _ = try revocation.receive(
            .read(snapshot(.revoked(Revocation()), serial: "0b")), at: now, policy: policy)
        #expect(revocation.phase == .requested)
    }

    @Test func `sent too often ends with a person, who may ask again`() throws {
        var revocation = try sent()
        for _ in 1..<policy.attempts {
            _ = try revocation.receive(.read(snapshot(.valid)), at: now, policy: policy)
            try revocation.intend(at: now)
        }
        _ = try revocation.receive(.read(snapshot(.valid)), at: now, policy: policy)
        #expect(revocation.phase == .stuck)
        #expect(try revocation.receive(.retried, at: now, policy: policy).next == .send)
        try revocation.intend(at: now)
        #expect(revocation.attempts == 1)
    }

    @Test func `a refused account pauses it and the attempt does not count`() throws {
        var revocation = try sent()
        let decision = try revocation.receive(
            .sendFailed(OrderSamples.error(.account)), at: now, policy: policy)
        #expect(revocation.phase == .requested && revocation.attempts == 0)
        #expect(decision.pausesAccount != nil && decision.next == .send)
    }

    @Test func `a refusal is the end`() throws {
        var revocation = try sent()
        _ = try revocation.receive(.sendFailed(OrderSamples.error(.rejected)), at: now, policy: policy)
        #expect(revocation.phase == .rejected)
        #expect(throws: InvalidTransition.self) { try revocation.intend(at: now) }
    }
}
