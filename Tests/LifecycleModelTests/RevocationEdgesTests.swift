// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA
import Testing

struct RevocationEdgesTests {
    private static let events: [RevocationEvent] = {
        var events: [RevocationEvent] = [
            .sent(.revoked), .sent(.alreadyRevoked), .sent(.accepted), .retried, .accountRemoved,
        ]
        events += [CertificateState.valid, .revoked(Revocation()), .unrecognized].map {
            .read(CertificateSnapshot(state: $0, wording: "the CA's word"))
        }
        for disposition in OrderSamples.dispositions {
            let error = OrderSamples.error(disposition)
            events += [.sendFailed(error), .readFailed(error)]
        }
        return events
    }()

    private static let walked: Set<Edge> = {
        var edges: Set<Edge> = []
        for phase in RevocationPhase.allCases {
            for (streak, attempts) in [(Streak(), 1), (OrderSamples.endless, 1), (Streak(), 3)] {
                var history = sample(phase)
                history.failures = streak
                history.waits = streak
                history.attempts = attempts
                for event in events {
                    var revocation = history
                    let answer = try? revocation.receive(event, at: OrderSamples.start, policy: OrderSamples.policy)
                    guard answer != nil, revocation.phase != phase else { continue }
                    edges.insert(Edge(from: phase.rawValue, to: revocation.phase.rawValue))
                }
                var revocation = history
                if (try? revocation.intend(at: OrderSamples.start)) != nil, revocation.phase != phase {
                    edges.insert(Edge(from: phase.rawValue, to: revocation.phase.rawValue))
                }
            }
        }
        return edges
    }()

    private static func sample(_ phase: RevocationPhase) -> RevocationRecord {
        var revocation = RevocationRecord(
            id: RevocationID("rev_1"), account: "demo", certificate: CertificateID("crt_1"),
            request: RevocationRequest(
                certificate: OrderSamples.issued, serialNumber: SerialNumber("0a"), reason: .superseded,
                comments: "moved"),
            createdAt: OrderSamples.start)
        revocation.phase = phase
        return revocation
    }

    @Test func `the drawing and the machine agree`() throws {
        let drawn = try Drawing.edges(under: "Revocations")
        #expect(difference(drawn, Self.walked) == [])
        #expect(difference(Self.walked, drawn) == [])
        #expect(!drawn.isEmpty)
    }
}
