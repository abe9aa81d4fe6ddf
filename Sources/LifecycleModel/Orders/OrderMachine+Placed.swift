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
            return .rest("collected as \(certificate)")
        case .noRoom:
            enter(.awaitingCapacity)
            return .next(.collect, at: now.advanced(by: .hours(1)), "the inventory is full")
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
        case .noRoom: return .next(.collect, at: now.advanced(by: .hours(1)), "the inventory is still full")
        default: return nil
        }
    }

    private mutating func polled(_ snapshot: OrderSnapshot, at now: Date, policy: OrderPolicy) -> Decision {
        adopt(snapshot)
        switch snapshot.state {
        case .awaitingValidation, .awaitingApproval, .processing, .unrecognized:
            return pending(snapshot, at: now, policy: policy)
        case .readyToFinalize:
            // After a write whose answer was lost, "still ready" is believed only when it had time to show.
            if let settlesAt, now < settlesAt { return .next(.poll, at: settlesAt, snapshot.wording) }
            return .next(.finalize, at: now, "the CA waits for the signing request")
        case .issued(let certificate):
            let waited = tries
            enter(.issued)
            // What looks issued may be the predecessor once more: the waits go on growing, short of a day.
            if kind == .reissue { tries = min(waited, 12) }
            certificateReference = certificate
            return .next(.collect, at: now, "issued as \(certificate)")
        case .rejected: return end(.rejected, "the CA refused the order: \(snapshot.wording)")
        case .cancelled: return end(.cancelled, "the order was withdrawn at the CA: \(snapshot.wording)")
        }
    }

    /// Takes over what the CA shows.
    mutating func adopt(_ snapshot: OrderSnapshot) {
        wording = snapshot.wording
        validations = snapshot.validations
        problem = nil
    }

    mutating func end(_ phase: OrderPhase, _ note: String) -> Decision {
        enter(phase)
        problem = note
        return .rest(note)
    }

    private mutating func pending(_ snapshot: OrderSnapshot, at now: Date, policy: OrderPolicy) -> Decision {
        let delay = policy.retry.whilePending(tries, hint: snapshot.checkAfter)
        tries += 1
        return .next(.poll, at: now.advanced(by: delay), "the CA says: \(snapshot.wording)")
    }

    private mutating func notYet(_ wording: String, at now: Date, policy: OrderPolicy) -> Decision {
        self.wording = wording
        let delay = policy.retry.whilePending(tries)
        tries += 1
        return .next(.poll, at: now.advanced(by: delay), "the CA still shows the certificate that is to be replaced")
    }

    private mutating func notCollectable(
        _ snapshot: CertificateSnapshot, at now: Date, policy: OrderPolicy
    ) -> Decision {
        wording = snapshot.wording
        switch snapshot.state {
        case .revoked, .expired, .replaced:
            return stick("it ended before it could be collected: \(snapshot.wording)")
        case .valid, .unrecognized:
            let delay = policy.retry.whilePending(tries)
            tries += 1
            return .next(.collect, at: now.advanced(by: delay), "issued, but not handed out yet: \(snapshot.wording)")
        }
    }

    private mutating func readFailed(
        _ step: OrderStep, _ error: ProviderError, at now: Date, policy: OrderPolicy
    ) -> Decision {
        switch error.disposition {
        case .transient, .ambiguous: again(step, after: error, at: now, policy: policy)
        case .account: pause(step, error, at: now)
        case .notFound where isFresh(at: now, policy: policy): again(step, after: error, at: now, policy: policy)
        case .notFound: stick("the CA no longer knows the order: \(error.description)")
        case .rejected: stick("the CA does not let it be read: \(error.description)")
        }
    }

    /// Whether the CA may not show it yet.
    private func isFresh(at now: Date, policy: OrderPolicy) -> Bool {
        placedAt.map { now < $0.advanced(by: policy.settle) } ?? false
    }

    private mutating func finalizeFailed(_ error: ProviderError, at now: Date, policy: OrderPolicy) -> Decision {
        switch error.disposition {
        case .transient: return again(.finalize, after: error, at: now, policy: policy)
        case .account: return pause(.finalize, error, at: now)
        case .ambiguous(let settle):
            settlesAt = now.advanced(by: max(settle, policy.settle))
            problem = error.description
            return .next(.poll, at: now, "the answer was lost: \(error.description)")
        case .rejected, .notFound: return stick("the CA refused the signing request: \(error.description)")
        }
    }
}
