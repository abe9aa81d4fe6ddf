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
        try intend(step, at: now, by: nil, policy: policy)
    }

    /// - Parameter uptime: of the machine that is about to write.
    package mutating func intend(
        _ step: OrderStep, at now: Date, by uptime: Uptime?, policy: OrderPolicy
    ) throws(InvalidTransition) {
        let former = phase
        switch (step, phase) {
        case (.submit, .drafted):
            phase = .submitting
            attempts += 1
            settle(for: policy.writeDeadline + policy.settle, from: now, by: uptime)
        case (.locate, .drafted):
            // It may have been bought in a former life of this home, or before a person was asked: look first. Where
            // nothing was sent, "absent" may be believed at once.
            phase = .submitting
        case (.finalize, .placed):
            finalizations += 1
            settlesAt = now.advanced(by: policy.writeDeadline + policy.settle)
        case (.cancel, .cancelling):
            break
        default:
            throw InvalidTransition(phase: phase.rawValue, wish: "to \(step.rawValue)")
        }
        if phase != former { phaseSince = now }
        intendedAt = now
        updatedAt = now
    }

    /// The step that an order is due for by its phase alone, should its work item not fit; `nil` when nothing follows by
    /// itself. A write whose outcome is not known is never among them.
    public var stepOfPhase: OrderStep? {
        switch phase {
        case .drafted: .locate
        case .submitting: .locate
        case .placed, .cancelling: .poll
        case .issued, .awaitingCapacity: .collect
        case .completed, .rejected, .cancelled, .stuck: nil
        }
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
        try receive(event, at: now, by: nil, policy: policy)
    }

    /// - Parameter uptime: of the machine that asked, when a lookup began, and when anything else came back.
    package mutating func receive(
        _ event: OrderEvent, at now: Date, by uptime: Uptime?, policy: OrderPolicy
    ) throws(InvalidTransition) -> Decision {
        let former = phase
        let decision: Decision? =
            switch phase {
            case .drafted: receiveDrafted(event)
            case .submitting: receiveSubmitting(event, at: now, by: uptime, policy: policy)
            case .placed: receivePlaced(event, at: now, policy: policy)
            case .issued: receiveIssued(event, at: now, policy: policy)
            case .awaitingCapacity: receiveAwaitingCapacity(event, at: now)
            case .cancelling: receiveCancelling(event, at: now, policy: policy)
            case .stuck: receiveStuck(event, at: now)
            case .completed, .rejected, .cancelled: receiveAtRest(event, at: now)
            }
        guard let decision else { throw InvalidTransition(phase: phase.rawValue, wish: event.wish) }
        if phase != former { phaseSince = now }
        updatedAt = now
        return decision
    }

    private mutating func receiveDrafted(_ event: OrderEvent) -> Decision? {
        guard case .cancelWished(let comments) = event else { return nil }
        enter(.cancelled)
        guard wasSent else { return .rest("cancelled before anything was sent: \(comments)") }
        problem = "it was sent before, and may be at the CA all the same"
        return .rest("let go, though it was sent before and may be at the CA: \(comments)")
    }

    /// Progress: what went wrong before no longer matters.
    mutating func enter(_ phase: OrderPhase) {
        self.phase = phase
        failures.end()
        waits.end()
        problem = nil
    }

    mutating func stick(_ reason: String) -> Decision {
        enter(.stuck)
        problem = reason
        return .rest(reason)
    }

    /// The same step later, until the schedule ends.
    mutating func again(
        _ step: OrderStep, after error: ProviderError, at now: Date, policy: OrderPolicy
    ) -> Decision {
        guard let delay = policy.retry.afterFailure(failures, at: now) else {
            return stick("\(step.rawValue) kept failing: \(error.description)")
        }
        failures.extend(at: now)
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
