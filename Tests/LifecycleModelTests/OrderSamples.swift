// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One order in any phase, and one of every event: what the machine's tests are made of.
enum OrderSamples {
    static let start = Date(timeIntervalSince1970: 1_767_225_600)
    static let policy = OrderPolicy(settle: .seconds(60), writeDeadline: .seconds(60), attempts: 3)

    static func order(_ phase: OrderPhase = .drafted, reference: OrderReference? = nil) -> Order {
        var order = Order(
            id: OrderID("ord_1"), account: "demo", provider: "mock", kind: .new, managed: ManagedCertificateID("mgd_1"),
            phase: phase,
            details: OrderDetails(
                commonName: "www.example.org", alternativeNames: [.dnsName("www.example.org")],
                profile: ProfileID("dv"), term: 199),
            key: OrderKey("pca-1"), createdAt: start)
        order.reference = reference
        order.signingRequest = CertificateSigningRequest(der: Data([1]))
        return order
    }

    /// So many answers over so long a time that every schedule has ended.
    static let endless: Streak = {
        var streak = Streak()
        for day in 0..<60 { streak.extend(at: start.addingTimeInterval(Double(day - 60) * 86400)) }
        return streak
    }()

    static let found = OrderReference("77")
    static let issued = CertificateReference("c77")

    static func snapshot(_ state: OrderState, _ wording: String = "the CA's word") -> OrderSnapshot {
        OrderSnapshot(state: state, wording: wording)
    }

    static func error(_ disposition: ProviderError.Disposition) -> ProviderError {
        ProviderError(disposition, "something went wrong", wording: "-1 oops")
    }

    static let dispositions: [ProviderError.Disposition] = [
        .transient(retryAfter: nil), .ambiguous(settle: .seconds(1)), .rejected, .account, .notFound,
    ]

    static let states: [OrderState] = [
        .awaitingValidation, .awaitingApproval, .processing, .readyToFinalize, .issued(issued), .rejected, .cancelled,
        .unrecognized,
    ]

    /// Every event with every variety that a decision may depend on.
    static let everyEvent: [OrderEvent] = {
        var events: [OrderEvent] = [
            .placed(found), .located(.found(found), asked: start), .located(.absent, asked: start),
            .located(.undecided([found]), asked: start),
            .lookupImpossible,
            .finalized, .finalizeImpossible, .stillPredecessor(wording: "Issued"), .noRoom(endsAt: nil), .room,
            .checkFailed(problems: ["it is for another key"], CertificateChain(certificates: [])),
            .collected(CertificateID("crt_1")), .cancelWished(comments: "moved"), .cancelAnswered(.cancelled),
            .cancelAnswered(.tooLate), .resolved(.placed(found)), .resolved(.retry), .resolved(.abandon),
        ]
        events += states.map { .polled(snapshot($0)) }
        events += states.map { .imported(snapshot($0)) }
        events += [CertificateState.valid, .expired, .revoked(Revocation()), .replaced, .unrecognized].map {
            .notCollectable(CertificateSnapshot(state: $0, wording: "the CA's word"))
        }
        for disposition in dispositions {
            let error = error(disposition)
            events += [
                .placeFailed(error), .lookupFailed(error), .readFailed(error), .finalizeFailed(error),
                .cancelFailed(error),
            ]
        }
        return events
    }()
}
