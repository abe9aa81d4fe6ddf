// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// An order is withdrawn, or waits for a person.
extension Order {
    mutating func wishCancel(_ comments: String, at now: Date) -> Decision {
        enter(.cancelling)
        cancelComments = comments
        return .next(.cancel, at: now, "to be withdrawn: \(comments)")
    }

    mutating func receiveCancelling(_ event: OrderEvent, at now: Date, policy: OrderPolicy) -> Decision? {
        switch event {
        case .cancelAnswered(.cancelled): return end(.cancelled, "withdrawn")
        case .cancelAnswered(.tooLate): return goOn("too late to withdraw it", at: now)
        case .cancelFailed(let error): return cancelFailed(error, at: now, policy: policy)
        case .polled(let snapshot): return polledWhileCancelling(snapshot, at: now, policy: policy)
        case .readFailed(let error): return readFailed(.poll, error, at: now, policy: policy)
        default: return nil
        }
    }

    private mutating func goOn(_ note: String, at now: Date) -> Decision {
        enter(.placed)
        problem = note
        return .next(.poll, at: now, note)
    }

    private mutating func cancelFailed(_ error: ProviderError, at now: Date, policy: OrderPolicy) -> Decision {
        switch error.disposition {
        case .transient: again(.cancel, after: error, at: now, policy: policy)
        case .account: pause(.cancel, error, at: now)
        case .ambiguous: again(.poll, after: error, at: now, policy: policy)
        case .rejected, .notFound: goOn("the CA does not withdraw it: \(error.description)", at: now)
        }
    }

    /// Answers a withdrawal whose answer was lost.
    private mutating func polledWhileCancelling(
        _ snapshot: OrderSnapshot, at now: Date, policy: OrderPolicy
    ) -> Decision {
        adopt(snapshot)
        switch snapshot.state {
        case .cancelled: return end(.cancelled, "withdrawn: \(snapshot.wording)")
        case .rejected: return end(.rejected, "the CA refused the order: \(snapshot.wording)")
        case .issued(let certificate):
            enter(.issued)
            certificateReference = certificate
            return .next(.collect, at: now, "too late to withdraw it: issued as \(certificate)")
        case .awaitingValidation, .awaitingApproval, .processing, .readyToFinalize, .unrecognized:
            guard waits.count < policy.attempts else { return goOn("the CA does not withdraw it", at: now) }
            waits.extend(at: now)
            return .next(.cancel, at: now, "not withdrawn yet: \(snapshot.wording)")
        }
    }
}
