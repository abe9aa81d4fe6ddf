// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension ProviderCheck {
    static let successorChecks = [
        ProviderCheck("a renewal is a new order with a new certificate", needs: [.renewing]) { bench in
            let first = try await bench.obtain()
            let request = try await bench.request()
            let order = try await bench.capability(bench.provider.renewing).renew(first.known, with: request)
            try bench.expect(order != first.known.order, "it has the old order's reference")
            let second = try await bench.collect(order, for: request)
            try bench.expect(second.known.serialNumber != first.known.serialNumber, "it has the old serial number")
        },
        ProviderCheck("a renewed order says that it was renewed", needs: [.renewing]) { bench in
            let first = try await bench.obtain()
            guard try await bench.snapshot(of: first.known.order).details?.isRenewed != nil else {
                throw Inapplicable("the CA does not say")
            }
            let request = try await bench.request()
            _ = try await bench.capability(bench.provider.renewing).renew(first.known, with: request)
            try await bench.expectSoon {
                try await bench.snapshot(of: first.known.order).details?.isRenewed == true ? nil : "it does not"
            }
        },
        ProviderCheck("a renewal is found by its key", needs: [.renewing, .locating]) { bench in
            let first = try await bench.obtain()
            let request = try await bench.request()
            let order = try await bench.capability(bench.provider.renewing).renew(first.known, with: request)
            try await bench.expectFound(order, for: request, kind: .renewal, after: first.known)
        },
        ProviderCheck("a reissue gives a new certificate for the new key", needs: [.reissuing]) { bench in
            let (first, second) = try await bench.reissued()
            try bench.expect(second.known.serialNumber != first.known.serialNumber, "it has the old serial number")
            for name in second.request.alternativeNames {
                try bench.expect(DERText.certificate(second.leaf, names: name), "\(name.text) is missing")
            }
        },
        ProviderCheck("a reissue is found by its key", needs: [.reissuing, .locating]) { bench in
            let first = try await bench.obtain()
            var request = try await bench.request()
            request.reason = CheckBench.comments
            let order = try await bench.capability(bench.provider.reissuing).reissue(first.known, with: request)
            try await bench.expectFound(order, for: request, kind: .reissue, after: first.known)
        },
        ProviderCheck("what a reissue replaces fares as declared", needs: [.reissuing]) { bench in
            let fate = try bench.capability(bench.provider.reissuing).predecessor
            let (first, _) = try await bench.reissued()
            let expected: RevocationOutcome
            switch fate {
            case .unknown: throw Inapplicable("the CA does not say")
            case .stays: expected = .revoked
            case .revoked(let delay):
                await bench.fixture.pass(delay)
                expected = .alreadyRevoked
            }
            // Asking for its end tells whether it was over, also where the reference has passed to the successor.
            let outcome = try await bench.provider.revoke(bench.revocation(of: first.known))
            let agrees = outcome == expected || (outcome == .accepted && fate == .stays)
            try bench.expect(agrees, "declared \(fate), and a revocation gives \(outcome)")
        },
        ProviderCheck("revoking what was reissued spares the successor", needs: [.reissuing]) { bench in
            let (first, second) = try await bench.reissued()
            let outcome = try await bench.provider.revoke(bench.revocation(of: first.known))
            // One that is only accepted may strike later.
            if outcome == .accepted { await bench.fixture.pass(.seconds(bench.fixture.polls)) }
            let snapshot = try await bench.snapshot(of: second.known.certificate)
            try bench.expect(snapshot.isNotOver, "the successor is \(snapshot.wording)")
        },
    ]
}

extension CheckBench {
    fileprivate func reissued() async throws -> (Obtained, Obtained) {
        let first = try await obtain()
        var request = try await request()
        request.reason = CheckBench.comments
        let order = try await capability(provider.reissuing).reissue(first.known, with: request)
        return (first, try await collect(order, for: request, notYet: first.known.serialNumber))
    }

    fileprivate func expectFound(
        _ order: OrderReference, for request: OrderRequest, kind: OrderKind, after predecessor: Predecessor
    ) async throws {
        let locating = try capability(provider.locating)
        await fixture.pass(locating.settleTime)
        let answer = try await locating.locate(
            OrderAttempt(
                request: request, kind: kind, predecessor: predecessor,
                notBefore: fixture.now().addingTimeInterval(-3600)))
        switch answer {
        case .found(order): return
        case .undecided(let candidates) where candidates.contains(order):
            // Told apart as the engine does it, by the one thing that no two have in common.
            _ = try await collect(order, for: request, notYet: predecessor.serialNumber)
        default: throw Observation("\(answer)")
        }
    }
}
