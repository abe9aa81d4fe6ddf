// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
import PublicCA

/// An order's life as a pure machine: events and a date go in, the next step comes out. `docs/States.md` draws it.
extension Order {
    /// Puts the intent to write on record. Commit it before anything is sent.
    ///
    /// Whoever finds the order in this state later has to assume that the write was sent. Throws when the phase allows
    /// no such write.
    public mutating func intend(_ step: OrderStep, at now: Date, policy: OrderPolicy) throws(InvalidTransition) {
        switch (step, phase) {
        case (.submit, .drafted):
            phase = .submitting
            attempts += 1
            settlesAt = now.advanced(by: policy.writeDeadline + policy.settle)
        case (.locate, .drafted):
            // The caller's key may have bought it in a former life of this home: look first. Nothing was sent, so
            // that "absent" may be believed at once.
            phase = .submitting
            settlesAt = nil
        case (.finalize, .placed):
            settlesAt = now.advanced(by: policy.writeDeadline + policy.settle)
        case (.cancel, .cancelling):
            break
        default:
            throw InvalidTransition(phase: phase.rawValue, wish: "to \(step.rawValue)")
        }
        intendedAt = now
        updatedAt = now
    }

    /// What to do for a write whose answer nobody has: the host that sent it died, or its lease ended.
    public func afterSilence(of step: OrderStep) -> OrderStep {
        switch step {
        case .submit, .locate: .locate
        case .finalize, .cancel, .poll: .poll
        case .collect: .collect
        }
    }

    /// Moves the order on. Reads no clock and calls nobody.
    ///
    /// Throws when the event does not belong to the phase; the order is then as it was.
    public mutating func receive(
        _ event: OrderEvent, at now: Date, policy: OrderPolicy
    ) throws(InvalidTransition) -> Decision {
        let decision: Decision? =
            switch phase {
            case .drafted: receiveDrafted(event)
            case .submitting: receiveSubmitting(event, at: now, policy: policy)
            case .placed: receivePlaced(event, at: now, policy: policy)
            case .issued: receiveIssued(event, at: now, policy: policy)
            case .awaitingCapacity: receiveAwaitingCapacity(event, at: now)
            case .cancelling: receiveCancelling(event, at: now, policy: policy)
            case .stuck: receiveStuck(event, at: now)
            case .completed, .rejected, .cancelled: nil
            }
        guard let decision else { throw InvalidTransition(phase: phase.rawValue, wish: event.wish) }
        updatedAt = now
        return decision
    }

    private mutating func receiveDrafted(_ event: OrderEvent) -> Decision? {
        guard case .cancelWished(let comments) = event else { return nil }
        enter(.cancelled)
        return .rest("cancelled before anything was sent: \(comments)")
    }

    /// Progress: what went wrong before no longer matters.
    mutating func enter(_ phase: OrderPhase) {
        self.phase = phase
        tries = 0
        problem = nil
    }

    mutating func stick(_ reason: String) -> Decision {
        phase = .stuck
        tries = 0
        problem = reason
        return .rest(reason)
    }

    /// The same step later, until the schedule ends.
    mutating func again(
        _ step: OrderStep, after error: ProviderError, at now: Date, policy: OrderPolicy
    ) -> Decision {
        guard let delay = policy.retry.afterFailure(tries) else {
            return stick("\(step.rawValue) kept failing: \(error.description)")
        }
        tries += 1
        problem = error.description
        var wait = delay
        if case .transient(let retryAfter?) = error.disposition { wait = max(wait, retryAfter) }
        return .next(step, at: now.advanced(by: wait), error.description)
    }

    /// The CA refuses everything: the same step when a person has acted, and nothing counts as tried.
    mutating func pause(_ step: OrderStep, _ error: ProviderError, at now: Date) -> Decision {
        problem = error.description
        return .pause(step, at: now, error.description)
    }
}

extension OrderEvent {
    /// The event's name alone, without what it carries.
    var wish: String { String("\(self)".prefix { $0 != "(" }) }
}
