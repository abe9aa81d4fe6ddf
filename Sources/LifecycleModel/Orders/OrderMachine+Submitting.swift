// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

/// The purchase was sent, or may have been.
extension Order {
    mutating func receiveSubmitting(
        _ event: OrderEvent, at now: Date, by uptime: Uptime?, policy: OrderPolicy
    ) -> Decision? {
        switch event {
        case .placed(let reference): place(reference, at: now, "the CA took the order as \(reference)")
        case .located(.found(let reference), _): found(reference, at: now)
        case .located(.absent, let asked): absent(asked: asked, at: now, by: uptime, policy: policy)
        case .located(.undecided(let candidates), _): undecided(candidates, at: now, policy: policy)
        case .lookupFailed(let error): lookupFailed(error, at: now, policy: policy)
        case .lookupImpossible: lookupImpossible(at: now)
        case .placeFailed(let error): placeFailed(error, at: now, by: uptime, policy: policy)
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
        (settlesAt, settling) = (nil, nil)
        placedAt = placedAt ?? now
        return .next(.poll, at: now, note)
    }

    /// The time from which on a lookup that finds nothing is believed.
    mutating func settle(for length: Duration, from now: Date, by uptime: Uptime?) {
        settlesAt = now.advanced(by: length)
        settling = uptime.map { Settling(since: $0, length: length / .seconds(1)) }
    }

    /// Believed only when the lookup itself began after the order had time to appear, by the watch of one machine: a clock
    /// that is ahead, or was set, would have it bought a second time.
    private mutating func absent(
        asked: Date, at now: Date, by uptime: Uptime?, policy: OrderPolicy
    ) -> Decision {
        failures.end()
        if let date = nextLook(asked: asked, at: now, by: uptime) {
            return .next(.locate, at: date, "not at the CA yet; believed only after it had time to appear")
        }
        settling = nil
        guard attempts < policy.attempts else {
            return stick("sent \(attempts) times and never seen at the CA")
        }
        enter(.drafted)
        return .next(.submit, at: now, "the CA does not have it")
    }

    /// `nil` where what was looked for then has had its time to appear.
    private mutating func nextLook(asked: Date, at now: Date, by uptime: Uptime?) -> Date? {
        if let uptime, let left = settling?.left(at: uptime) {
            guard left > 0 else { return nil }
            settlesAt = now.addingTimeInterval(left)
            return settlesAt
        }
        guard let settlesAt, asked < settlesAt else { return nil }
        return max(settlesAt, now)
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

    private mutating func placeFailed(
        _ error: ProviderError, at now: Date, by uptime: Uptime?, policy: OrderPolicy
    ) -> Decision {
        switch error.disposition {
        case .transient:
            attempts -= 1
            phase = .drafted
            return again(.submit, after: error, at: now, policy: policy)
        case .ambiguous(let settle):
            // A lookup may find it at once; only "absent" has to wait.
            self.settle(for: max(settle, policy.settle), from: now, by: uptime)
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
