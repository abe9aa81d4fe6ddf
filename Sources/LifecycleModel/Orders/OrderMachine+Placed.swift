// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// The CA has the order, or has issued its certificate.
extension Order {
    mutating func receivePlaced(_ event: OrderEvent, at now: Date, policy: OrderPolicy) -> Decision? {
        switch event {
        case .polled(let snapshot): polled(snapshot, at: now, policy: policy)
        case .stillPredecessor(let wording): notYet(wording, at: now, policy: policy)
        case .readFailed(let error): readFailed(.poll, error, at: now, policy: policy)
        case .finalized: .next(.poll, at: now, "the CA has the signing request")
        case .finalizeFailed(let error): finalizeFailed(error, at: now, policy: policy)
        case .finalizeImpossible: stick("the CA waits for the signing request, which this provider cannot send")
        case .cancelWished(let comments): wishCancel(comments, at: now)
        default: nil
        }
    }

    mutating func receiveIssued(_ event: OrderEvent, at now: Date, policy: OrderPolicy) -> Decision? {
        switch event {
        case .collected(let certificate):
            enter(.completed)
            self.certificate = certificate
            isCertificateUnread = false
            heldChain = nil
            return .rest("collected as \(certificate)")
        case .noRoom(let end): return awaitRoom(endsAt: end, at: now)
        case .checkFailed(let problems, let chain):
            heldChain = chain
            return stick("the CA issued something else: \(problems.joined(separator: "; "))")
        case .stillPredecessor(let wording):
            // The order itself is read again: it tells whether the reissue goes on.
            phase = .placed
            return notYet(wording, at: now, policy: policy)
        case .notCollectable(let snapshot): return notCollectable(snapshot, at: now, policy: policy)
        case .readFailed(let error): return readFailed(.collect, error, at: now, policy: policy)
        default: return nil
        }
    }

    mutating func receiveAwaitingCapacity(_ event: OrderEvent, at now: Date) -> Decision? {
        switch event {
        case .room:
            enter(.issued)
            return .next(.collect, at: now, "there is room in the inventory")
        case .noRoom(let end): return awaitRoom(endsAt: end, at: now)
        default: return nil
        }
    }

    /// What is paid for is fetched as soon as there is room.
    mutating func awaitRoom(endsAt: Date?, at now: Date) -> Decision {
        enter(.awaitingCapacity)
        waitingCertificateEndsAt = endsAt ?? waitingCertificateEndsAt
        problem = Self.fullInventory
        return .next(.collect, at: now.advanced(by: .hours(1)), Self.fullInventory)
    }

    /// What a person is told of an order whose certificate does not fit.
    public static let fullInventory = "the inventory is full"

    private mutating func polled(_ snapshot: OrderSnapshot, at now: Date, policy: OrderPolicy) -> Decision {
        adopt(snapshot)
        switch snapshot.state {
        case .awaitingValidation, .awaitingApproval, .processing, .unrecognized:
            settlesAt = nil
            return pending(snapshot, at: now, policy: policy)
        case .readyToFinalize: return readyToFinalize(snapshot, at: now, policy: policy)
        case .issued(let certificate):
            let waited = waits
            enter(.issued)
            // What looks issued may be the predecessor once more: the waits go on growing.
            if predecessor != nil { waits = waited }
            certificateReference = certificate
            return .next(.collect, at: now, "issued as \(certificate)")
        case .rejected: return end(.rejected, "the CA refused the order: \(snapshot.wording)")
        case .cancelled: return end(.cancelled, "the order was withdrawn at the CA: \(snapshot.wording)")
        }
    }

    private mutating func readyToFinalize(
        _ snapshot: OrderSnapshot, at now: Date, policy: OrderPolicy
    ) -> Decision {
        // After a write whose answer was lost, "still ready" is believed only when it had time to show.
        if let settlesAt, now < settlesAt { return .next(.poll, at: settlesAt, snapshot.wording) }
        guard finalizations < policy.attempts else {
            return stick("handed in \(finalizations) times, and the CA still waits for the signing request")
        }
        return .next(.finalize, at: now, "the CA waits for the signing request")
    }

    /// Takes over what the CA shows.
    mutating func adopt(_ snapshot: OrderSnapshot) {
        wording = snapshot.wording
        validations = snapshot.validations
        failures.end()
        problem = nil
    }

    mutating func end(_ phase: OrderPhase, _ note: String) -> Decision {
        enter(phase)
        problem = note
        return .rest(note)
    }

    private mutating func pending(_ snapshot: OrderSnapshot, at now: Date, policy: OrderPolicy) -> Decision {
        wait(for: .poll, "the CA says: \(snapshot.wording)", hint: snapshot.checkAfter, at: now, policy: policy)
    }

    private mutating func notYet(_ wording: String, at now: Date, policy: OrderPolicy) -> Decision {
        self.wording = wording
        let note = "the CA still shows the certificate that is to be replaced"
        problem = note
        return wait(for: .poll, note, at: now, policy: policy)
    }

    private mutating func notCollectable(
        _ snapshot: CertificateSnapshot, at now: Date, policy: OrderPolicy
    ) -> Decision {
        wording = snapshot.wording
        switch snapshot.state {
        case .revoked, .expired, .replaced:
            // Somebody else's: as an import would have it, had it come later.
            guard kind != .imported else {
                enter(.completed)
                isCertificateUnread = false
                return .rest("it has ended, and is not handed out any more: \(snapshot.wording)")
            }
            return stick("it ended before it could be collected: \(snapshot.wording)")
        case .valid, .unrecognized:
            let note = "issued, but not handed out yet: \(snapshot.wording)"
            problem = note
            return wait(for: .collect, note, at: now, policy: policy)
        }
    }

    /// An answer that says "not yet": the same question later, as often as it takes.
    private mutating func wait(
        for step: OrderStep, _ note: String, hint: Duration? = nil, at now: Date, policy: OrderPolicy
    ) -> Decision {
        failures.end()
        let delay = policy.retry.whilePending(waits, hint: hint, at: now)
        waits.extend(at: now)
        return .next(step, at: now.advanced(by: delay), note)
    }

    mutating func readFailed(
        _ step: OrderStep, _ error: ProviderError, at now: Date, policy: OrderPolicy
    ) -> Decision {
        switch error.disposition {
        case .transient, .ambiguous: again(step, after: error, at: now, policy: policy)
        case .account: pause(step, error, at: now)
        // The CA may not show yet what it has just made.
        case .notFound where now < phaseSince.advanced(by: policy.settle):
            again(step, after: error, at: now, policy: policy)
        case .notFound: stick("the CA no longer knows the order: \(error.description)")
        case .rejected: stick("the CA does not let it be read: \(error.description)")
        }
    }

    private mutating func finalizeFailed(_ error: ProviderError, at now: Date, policy: OrderPolicy) -> Decision {
        switch error.disposition {
        case .transient:
            finalizations -= 1
            return again(.finalize, after: error, at: now, policy: policy)
        case .account:
            finalizations -= 1
            return pause(.finalize, error, at: now)
        case .ambiguous(let settle):
            settlesAt = now.advanced(by: max(settle, policy.settle))
            problem = error.description
            return .next(.poll, at: now, "the answer was lost: \(error.description)")
        case .rejected, .notFound: return stick("the CA refused the signing request: \(error.description)")
        }
    }
}
