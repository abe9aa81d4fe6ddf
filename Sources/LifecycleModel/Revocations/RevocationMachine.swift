// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import PublicCA

/// What came back.
public enum RevocationEvent: Hashable, Sendable {
    case sent(RevocationOutcome)
    case sendFailed(ProviderError)
    /// The certificate was read to learn what became of the wish.
    case read(CertificateSnapshot)
    case readFailed(ProviderError)
    /// A person asks to send it again.
    case retried
    /// The account is removed before anything was sent.
    case accountRemoved
}

/// One question to the CA, or the one write.
public enum RevocationStep: String, Hashable, Sendable, Codable, CaseIterable {
    case send, read
}

/// What follows.
public struct RevocationDecision: Hashable, Sendable {
    public var next: RevocationStep?
    public var due: Date?
    public var note: String
    public var pausesAccount: String?
}

/// A revocation's life as a pure machine. A lost answer needs no lookup: reading the certificate answers it.
extension RevocationRecord {
    /// Puts the intent to revoke on record. Commit it before anything is sent.
    public mutating func intend(at now: Date) throws(InvalidTransition) {
        guard phase == .requested || phase == .sending else {
            throw InvalidTransition(phase: phase.rawValue, wish: "to revoke")
        }
        phase = .sending
        attempts += 1
        updatedAt = now
    }

    /// Moves the revocation on. Throws when the event does not belong to the phase.
    public mutating func receive(
        _ event: RevocationEvent, at now: Date, policy: OrderPolicy
    ) throws(InvalidTransition) -> RevocationDecision {
        let decision: RevocationDecision? =
            switch (phase, event) {
            case (.sending, .sent(.revoked)), (.sending, .sent(.alreadyRevoked)): rest(.revoked, "revoked")
            case (.sending, .sent(.accepted)): enter(.accepted, .read, at: now, "the CA will revoke it")
            case (.sending, .sendFailed(let error)): sendFailed(error, at: now, policy: policy)
            case (.sending, .read(let snapshot)), (.accepted, .read(let snapshot)):
                read(snapshot, at: now, policy: policy)
            case (.sending, .readFailed(let error)), (.accepted, .readFailed(let error)):
                readFailed(error, at: now, policy: policy)
            case (.stuck, .retried): retried(at: now)
            case (.requested, .accountRemoved): rest(.rejected, "the account was removed before it was sent")
            default: nil
            }
        guard let decision else {
            throw InvalidTransition(phase: phase.rawValue, wish: String("\(event)".prefix { $0 != "(" }))
        }
        updatedAt = now
        return decision
    }

    private mutating func rest(_ phase: RevocationPhase, _ note: String) -> RevocationDecision {
        self.phase = phase
        failures.end()
        waits.end()
        problem = phase == .revoked ? nil : note
        return RevocationDecision(note: note)
    }

    private mutating func enter(
        _ phase: RevocationPhase, _ step: RevocationStep, at due: Date, _ note: String
    ) -> RevocationDecision {
        self.phase = phase
        failures.end()
        waits.end()
        problem = nil
        return RevocationDecision(next: step, due: due, note: note)
    }

    private mutating func retried(at now: Date) -> RevocationDecision {
        attempts = 0
        return enter(.requested, .send, at: now, "a person asks to send it again")
    }

    private mutating func sendFailed(
        _ error: ProviderError, at now: Date, policy: OrderPolicy
    ) -> RevocationDecision {
        switch error.disposition {
        case .transient:
            attempts -= 1
            phase = .requested
            return again(.send, error, at: now, policy: policy)
        case .ambiguous: return again(.read, error, at: now, policy: policy)
        case .rejected, .notFound: return rest(.rejected, "the CA refused to revoke it: \(error.description)")
        case .account:
            attempts -= 1
            phase = .requested
            problem = error.description
            return RevocationDecision(next: .send, due: now, note: error.description, pausesAccount: error.description)
        }
    }

    private mutating func read(_ snapshot: CertificateSnapshot, at now: Date, policy: OrderPolicy) -> RevocationDecision
    {
        wording = snapshot.wording
        failures.end()
        // Where the reference has passed on, what was read is another certificate and tells nothing.
        let isOurs = snapshot.serialNumber == nil || snapshot.serialNumber == request.serialNumber
        if isOurs, case .revoked = snapshot.state { return rest(.revoked, "revoked: \(snapshot.wording)") }
        if phase == .accepted {
            guard let delay = policy.retry.whileAccepted(waits, at: now) else {
                return rest(.stuck, "accepted by the CA and not carried out for days: \(snapshot.wording)")
            }
            waits.extend(at: now)
            return RevocationDecision(
                next: .read, due: now.advanced(by: delay), note: "not revoked yet: \(snapshot.wording)")
        }
        guard attempts < policy.attempts else {
            return rest(.stuck, "sent \(attempts) times, and the CA still shows: \(snapshot.wording)")
        }
        phase = .requested
        return RevocationDecision(next: .send, due: now, note: "not revoked: \(snapshot.wording)")
    }

    private mutating func readFailed(
        _ error: ProviderError, at now: Date, policy: OrderPolicy
    ) -> RevocationDecision {
        switch error.disposition {
        case .account:
            problem = error.description
            return RevocationDecision(next: .read, due: now, note: error.description, pausesAccount: error.description)
        case .transient, .ambiguous: return again(.read, error, at: now, policy: policy)
        case .rejected, .notFound:
            return rest(.stuck, "whether it is revoked cannot be read: \(error.description)")
        }
    }

    private mutating func again(
        _ step: RevocationStep, _ error: ProviderError, at now: Date, policy: OrderPolicy
    ) -> RevocationDecision {
        guard let delay = policy.retry.afterFailure(failures, at: now) else {
            return rest(.stuck, "\(step.rawValue) kept failing: \(error.description)")
        }
        failures.extend(at: now)
        problem = error.description
        var wait = delay
        if case .transient(let retryAfter?) = error.disposition { wait = max(wait, retryAfter) }
        return RevocationDecision(next: step, due: now.advanced(by: wait), note: error.description)
    }
}
