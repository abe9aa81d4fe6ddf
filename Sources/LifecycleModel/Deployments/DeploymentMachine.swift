// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials

/// A deployment's life as a pure machine: publish, then reload, then verify; announcing follows publishing and holds
/// nothing up. Nothing in it reaches back to the order.
extension DeploymentRecord {
    /// Failures in a row that nobody has to be told of: by the schedule, those of the first minute.
    static let patience = 3
    /// How often it is seen whether what was served still is.
    static let lookout = Duration.hours(24)

    /// Moves the deployment on. Throws when the event does not belong to the phase.
    public mutating func receive(
        _ event: DeploymentEvent, at now: Date, to target: DeploymentTarget, retry: RetrySchedule
    ) throws(InvalidTransition) -> DeploymentDecision {
        let decision: DeploymentDecision? =
            switch (phase, event) {
            case (_, .wanted(let certificate, let sha256)): want(certificate, sha256, at: now)
            case (_, .superseded(let other)): supersede(by: other)
            case (.superseded, .rolledBack), (.superseded, .retried): nil
            case (_, .rolledBack(let version)): hold(version, at: now)
            case (_, .retried(let isAsked)): startAgain(at: now, isAsked)
            case (_, .configured): configure(at: now, target)
            case (.publishing, .succeeded(.publish)): published(at: now, target)
            case (.reloading, .succeeded(.reload)): reloaded(at: now, target)
            case (.verifying, .succeeded(.verify)), (.current, .succeeded(.verify)): served(at: now)
            case (.publishing, .failed(.publish, let failure)), (.reloading, .failed(.reload, let failure)):
                failed(event.step, failure, at: now, retry)
            case (.verifying, .failed(.verify, let failure)), (.current, .failed(.verify, let failure)):
                unseen(failure, at: now, retry)
            case (.verifying, .showsOther(let shown)), (.current, .showsOther(let shown)):
                notServed(shown, at: now, retry)
            case (_, .succeeded(.announce)) where canAnnounce: announced(at: now)
            case (_, .failed(.announce, let failure)) where canAnnounce: unannounced(failure, at: now, retry)
            default: nil
            }
        guard let decision else {
            throw InvalidTransition(phase: phase.rawValue, wish: String("\(event)".prefix { $0 != "(" }))
        }
        summarize()
        updatedAt = now
        return decision
    }

    /// The webhook is told of what is in place, once.
    public var canAnnounce: Bool {
        !isAnnounced && phase != .publishing && phase != .superseded && !self[.publish].isGivenUp
            && !self[.announce].isGivenUp
    }

    private mutating func published(at now: Date, _ target: DeploymentTarget) -> DeploymentDecision {
        succeed(.publish, at: now)
        inPlace = expected
        path = target.path(for: commonName)
        isAsked = false
        waitsUntil = nil
        phase = .reloading
        var decision = afterPublishing(at: now, target, "in place at \(target.path(for: commonName))")
        if target.webhook != nil, !isAnnounced { decision.announcement = .step(.announce, due: now) }
        return decision
    }

    private mutating func reloaded(at now: Date, _ target: DeploymentTarget) -> DeploymentDecision {
        succeed(.reload, at: now)
        phase = .verifying
        return afterPublishing(at: now, target, "\(target.reload.first ?? "the command") was run")
    }

    private mutating func served(at now: Date) -> DeploymentDecision {
        succeed(.verify, at: now)
        phase = .current
        servedSince = servedSince ?? now
        return DeploymentDecision(main: .step(.verify, due: now.adding(Self.lookout)), note: "served, as it shall be")
    }

    /// The next step that the target has.
    private mutating func afterPublishing(
        at now: Date, _ target: DeploymentTarget, _ note: String
    ) -> DeploymentDecision {
        if phase == .reloading {
            if !target.reload.isEmpty { return DeploymentDecision(main: .step(.reload, due: now), note: note) }
            steps[.reload] = nil
            phase = .verifying
        }
        if target.endpoint != nil { return DeploymentDecision(main: .step(.verify, due: now), note: note) }
        steps[.verify] = nil
        phase = .current
        return DeploymentDecision(main: .nothing, note: note)
    }

    private mutating func configure(at now: Date, _ target: DeploymentTarget) -> DeploymentDecision {
        switch phase {
        case .stuck, .superseded: return DeploymentDecision(main: .nothing, note: "at rest")
        case .publishing: return DeploymentDecision(main: .step(.publish, due: now), note: "to be published")
        case .reloading, .verifying, .current:
            if isInPlace(at: target) { return afterPublishing(at: now, target, "the target may have changed") }
            inPlace = nil
            phase = .publishing
            return DeploymentDecision(main: .step(.publish, due: now), note: "the target has moved")
        }
    }

    private mutating func succeed(_ step: DeploymentStep, at now: Date) {
        self[step] = DeploymentProgress()
        self[step].succeededAt = now
    }

    /// What stands in ``problem`` and ``isTroubled``: the first step that fares badly, in the order in which they are done.
    private mutating func summarize() {
        isTroubled = steps.values.contains { $0.isTroubled }
        guard phase != .superseded else { return }
        problem = [DeploymentStep.publish, .reload, .verify, .announce].compactMap { steps[$0]?.problem }.first
    }
}

extension DeploymentEvent {
    /// The step of whose end it tells.
    fileprivate var step: DeploymentStep {
        switch self {
        case .succeeded(let step), .failed(let step, _): step
        case .showsOther: .verify
        case .wanted, .superseded, .rolledBack, .retried, .configured: .publish
        }
    }
}
