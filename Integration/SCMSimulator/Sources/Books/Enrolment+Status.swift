// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// SCM's own words for where an enrolment is.
enum Status {
    static let requested = "Requested"
    static let approved = "Approved"
    static let applied = "Applied"
    static let issued = "Issued"
    static let declined = "Declined"
    static let rejected = "Rejected"
    static let invalid = "Invalid"
    static let revoked = "Revoked"
    static let expired = "Expired"
    static let replaced = "Replaced"

    /// What a PUT may still change in full.
    static let editable: Set<String> = [requested, declined, rejected, invalid]
}

extension Enrolment {
    /// A function of the time and of nothing else that moves.
    func status(at now: Date, quirks: Quirks) -> String {
        if let word { return word }
        if declined != nil { return Status.declined }
        guard let approved else { return Status.requested }
        // By its place: a list asks this of every enrolment there is, and an issuance is much to copy.
        if let current = currentIndex(at: now) {
            if issuances[current].revoked != nil { return Status.revoked }
            if awaitsReplacement(at: now) { return Status.applied }
            if issuances[current].expires <= now { return Status.expired }
            return replaced == nil ? Status.issued : quirks.statusAfterReplace
        }
        let elapsed = now.timeIntervalSince(approved)
        let (requestedFor, appliedFor) = (course.requestedSeconds ?? 0, course.appliedSeconds ?? 0)
        let end = course.end ?? Status.issued
        if elapsed < requestedFor { return wasApprovedByHand ? Status.approved : Status.requested }
        if end == Status.invalid { return Status.invalid }
        let staysApplied = end == Status.issued || end == Status.applied
        return staysApplied || elapsed < requestedFor + appliedFor ? Status.applied : end
    }

    /// When the CA issues, if it will.
    var issuing: Date? {
        guard let approved, declined == nil, !waitsForDomain, (course.end ?? Status.issued) == Status.issued else {
            return nil
        }
        return approved.addingTimeInterval((course.requestedSeconds ?? 0) + (course.appliedSeconds ?? 0))
    }
}
