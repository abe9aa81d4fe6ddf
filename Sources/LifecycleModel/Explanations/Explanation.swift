// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// Why something is as it is and what comes next, in sentences; from what is on record alone.
package struct Explanation: Hashable, Sendable {
    package var subject: Subject
    /// What it is known by.
    package var name: String
    /// What is known of it.
    package var facts: [String]
    /// What is done with such a thing.
    package var rule: String
    /// What follows for this one.
    package var decision: String
    /// When something happens next; `nil` where nothing does by itself.
    package var nextAt: Date?
    /// What would change that, each with the command.
    package var changes: [String]

    package init(
        subject: Subject, name: String, facts: [String], rule: String, decision: String, nextAt: Date?,
        changes: [String]
    ) {
        self.subject = subject
        self.name = name
        self.facts = facts
        self.rule = rule
        self.decision = decision
        self.nextAt = nextAt
        self.changes = changes
    }
}

extension WorkItem {
    /// Who is at it; a fact for an explanation.
    func holder(at now: Date) -> String? {
        guard let lease, lease.until > now else { return nil }
        return "\(lease.worker) is at it, until \(lease.until.minute) at the latest"
    }
}
