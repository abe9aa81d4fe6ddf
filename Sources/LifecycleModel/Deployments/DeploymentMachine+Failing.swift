// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What follows when a step comes to nothing.
extension DeploymentRecord {
    mutating func failed(
        _ step: DeploymentStep, _ failure: DeploymentFailure, at now: Date, _ retry: RetrySchedule
    ) -> DeploymentDecision {
        let note = "\(step.rawValue): \(failure.description)"
        guard let delay = fail(step, failure, note, at: now, retry) else {
            phase = .stuck
            return DeploymentDecision(main: .nothing, note: note)
        }
        return DeploymentDecision(main: .step(step, due: now.adding(delay)), note: note)
    }

    mutating func announced(at now: Date) -> DeploymentDecision {
        self[.announce] = DeploymentProgress()
        self[.announce].succeededAt = now
        isAnnounced = true
        return DeploymentDecision(announcement: .nothing, note: "the webhook was told")
    }

    mutating func unannounced(
        _ failure: DeploymentFailure, at now: Date, _ retry: RetrySchedule
    ) -> DeploymentDecision {
        let note = "announce: \(failure.description)"
        let delay = fail(.announce, failure, note, at: now, retry)
        return DeploymentDecision(
            announcement: delay.map { .step(.announce, due: now.adding($0)) } ?? .nothing, note: note)
    }

    /// Something else is served. Once it was ours, somebody has changed it: that is known at once. Before, whoever serves
    /// it may take a moment.
    mutating func notServed(_ shown: String, at now: Date, _ retry: RetrySchedule) -> DeploymentDecision {
        let wasServed = servedSince != nil
        let others = "the endpoint shows a certificate with SHA-256 \(shown.prefix(16))…"
        let isLate = self[.verify].failures.count >= Self.patience
        let word = wasServed ? "not served any more" : isLate ? "renewed but not served" : "not served yet"
        return lookAgain(DeploymentFailure(others), "\(word): \(others)", at: now, retry, isTrouble: wasServed)
    }

    /// Nothing could be seen.
    mutating func unseen(_ failure: DeploymentFailure, at now: Date, _ retry: RetrySchedule) -> DeploymentDecision {
        lookAgain(failure, "verify: \(failure.description)", at: now, retry, isTrouble: !failure.mayPass)
    }

    /// Looking does no harm: it is never given up, and what a person has mended is seen within a day.
    private mutating func lookAgain(
        _ failure: DeploymentFailure, _ note: String, at now: Date, _ retry: RetrySchedule, isTrouble: Bool
    ) -> DeploymentDecision {
        let delay = fail(.verify, failure, note, at: now, retry) ?? Self.lookout
        self[.verify].isGivenUp = false
        if isTrouble { self[.verify].isTroubled = true }
        phase = .verifying
        return DeploymentDecision(main: .step(.verify, due: now.adding(delay)), note: note)
    }

    /// Returns when to try again; `nil` when it is given up.
    private mutating func fail(
        _ step: DeploymentStep, _ failure: DeploymentFailure, _ problem: String, at now: Date, _ retry: RetrySchedule
    ) -> Duration? {
        let delay = failure.mayPass ? retry.afterFailure(self[step].failures, at: now) : nil
        self[step].failures.extend(at: now)
        self[step].problem = problem
        self[step].isGivenUp = delay == nil
        if delay == nil || self[step].failures.count > Self.patience { self[step].isTroubled = true }
        return delay
    }
}
