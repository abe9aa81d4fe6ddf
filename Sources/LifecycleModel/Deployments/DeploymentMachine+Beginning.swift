// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What makes a deployment begin, or begin anew.
extension DeploymentRecord {
    /// A later wish takes the place of whatever is unfinished. The same one again finds it on record.
    mutating func want(_ certificate: CertificateID, _ sha256: String, at now: Date) -> DeploymentDecision {
        guard revision == 0 || phase == .superseded || wanted != certificate else {
            return DeploymentDecision(note: "\(certificate) is wanted already")
        }
        wanted = certificate
        self.sha256 = sha256
        held = nil
        return begin(at: now, "\(certificate) shall be served")
    }

    mutating func hold(_ version: HeldVersion, at now: Date) -> DeploymentDecision {
        held = version
        let decision = begin(at: now, "\(version.certificate) is put back")
        isAsked = true
        return decision
    }

    mutating func startAgain(at now: Date, _ isAsked: Bool) -> DeploymentDecision {
        // What a person has put back, a person lets go; the webhook hears of it. Otherwise it has heard.
        if held != nil {
            forget()
            isAnnounced = false
        }
        held = nil
        for step in steps.keys {
            self[step].failures.end()
            self[step].isGivenUp = false
        }
        phase = .publishing
        self.isAsked = isAsked
        return DeploymentDecision(
            main: .step(.publish, due: now), announcement: .nothing,
            note: isAsked ? "a person asks to do it again" : "what was missing has come")
    }

    mutating func supersede(by other: CertificateID) -> DeploymentDecision {
        forget()
        held = nil
        phase = .superseded
        problem = "superseded: the newer \(other) has this place"
        return DeploymentDecision(main: .nothing, announcement: .nothing, note: "the newer \(other) has this place")
    }

    private mutating func begin(at now: Date, _ note: String) -> DeploymentDecision {
        forget()
        phase = .publishing
        isAnnounced = false
        return DeploymentDecision(main: .step(.publish, due: now), announcement: .nothing, note: note)
    }

    /// What was said of another certificate says nothing of this one. When a step last succeeded stays known.
    private mutating func forget() {
        for step in steps.keys {
            let last = self[step].succeededAt
            self[step] = DeploymentProgress()
            self[step].succeededAt = last
        }
        servedSince = nil
        waitsUntil = nil
        isAsked = false
    }
}
