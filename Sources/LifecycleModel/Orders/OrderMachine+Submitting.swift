// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// The purchase was sent, or may have been.
extension Order {
    mutating func receiveSubmitting(_ event: OrderEvent, at now: Date, policy: OrderPolicy) -> Decision? {
        switch event {
        case .placed(let reference): place(reference, at: now, "the CA took the order as \(reference)")
        case .located(.found(let reference), _): found(reference, at: now)
        case .located(.absent, let asked): absent(asked: asked, at: now, policy: policy)
        case .located(.undecided(let candidates), _): undecided(candidates, at: now, policy: policy)
        case .lookupFailed(let error): lookupFailed(error, at: now, policy: policy)
        case .lookupImpossible: lookupImpossible(at: now)
        case .placeFailed(let error): placeFailed(error, at: now, policy: policy)
        default: nil
        }
    }

    private mutating func found(_ reference: OrderReference, at now: Date) -> Decision {
        isInherited = attempts == 0 && !wasSent
        return place(reference, at: now, "found at the CA as \(reference)")
    }

    /// The one place where an order that had none learns its reference.
    mutating func place(_ reference: OrderReference, at now: Date, _ note: String) -> Decision {
        enter(.placed)
        self.reference = reference
        candidates = []
        settlesAt = nil
        placedAt = placedAt ?? now
        return .next(.poll, at: now, note)
    }

    /// Believed only when the lookup itself began after the order had time to appear.
    private mutating func absent(asked: Date, at now: Date, policy: OrderPolicy) -> Decision {
        failures.end()
        if let settlesAt, asked < settlesAt {
            return .next(
                .locate, at: max(settlesAt, now), "not at the CA yet; believed only after it had time to appear")
        }
        guard attempts < policy.attempts else {
            return stick("sent \(attempts) times and never seen at the CA")
        }
        enter(.drafted)
        return .next(.submit, at: now, "the CA does not have it")
    }

    private mutating func lookupImpossible(at now: Date) -> Decision {
        guard attempts == 0 else {
            return stick(
                "the answer to the order was lost, and this CA cannot be asked for it; look there, then resolve")
        }
        enter(.drafted)
        return .next(.submit, at: now, "this CA cannot be asked whether it has the order")
    }

    private mutating func undecided(
        _ candidates: [OrderReference], at now: Date, policy: OrderPolicy
    ) -> Decision {
        failures.end()
        self.candidates = candidates
        let names = candidates.map(\.rawValue).joined(separator: ", ")
        guard let delay = policy.retry.afterLookup(waits, at: now) else {
            return stick(
                candidates.isEmpty
                    ? "the CA shows signs of the order, and never the order itself; look there, then resolve"
                    : "one of these orders at the CA may be ours, which could not be told apart: \(names)")
        }
        waits.extend(at: now)
        let note =
            candidates.isEmpty
            ? "the CA shows signs of the order, and not the order itself yet"
            : "the CA has \(names), which cannot be told apart yet"
        problem = note
        return .next(.locate, at: now.advanced(by: delay), note)
    }

    private mutating func lookupFailed(_ error: ProviderError, at now: Date, policy: OrderPolicy) -> Decision {
        switch error.disposition {
        case .account: pause(.locate, error, at: now)
        // Whatever made the lookup fail, it says nothing about the purchase: never submit on it.
        case .transient, .ambiguous, .rejected, .notFound: again(.locate, after: error, at: now, policy: policy)
        }
    }

    private mutating func placeFailed(_ error: ProviderError, at now: Date, policy: OrderPolicy) -> Decision {
        switch error.disposition {
        case .transient:
            attempts -= 1
            phase = .drafted
            return again(.submit, after: error, at: now, policy: policy)
        case .ambiguous(let settle):
            // A lookup may find it at once; only "absent" has to wait.
            settlesAt = now.advanced(by: max(settle, policy.settle))
            problem = error.description
            let delay = min(policy.retry.lookups.first ?? .zero, policy.settle)
            return .next(.locate, at: now.advanced(by: delay), "the answer was lost: \(error.description)")
        case .rejected, .notFound:
            enter(.rejected)
            problem = error.description
            wording = error.wording ?? wording
            return .rest(error.description)
        case .account:
            attempts -= 1
            phase = .drafted
            return pause(.submit, error, at: now)
        }
    }
}
