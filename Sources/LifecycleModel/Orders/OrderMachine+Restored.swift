// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

/// An order whose home was put back from a backup: what became of it in between is not on record.
extension Order {
    /// Has what may have been bought meanwhile looked for before it is sent, whatever is on record of it: the former home
    /// may have sent it until the moment in which it ended.
    package mutating func restored(at now: Date, by uptime: Uptime?, policy: OrderPolicy) {
        guard phase == .drafted || phase == .submitting else { return }
        if phase == .drafted { phaseSince = now }
        phase = .submitting
        // Taken for sent once: where the CA cannot be asked for it, a person has to look.
        attempts = max(attempts, 1)
        settle(for: policy.writeDeadline + policy.settle, from: now, by: uptime)
        failures.end()
        waits.end()
        problem = "the home was put back from a backup: it is looked for at the CA before it is sent"
        updatedAt = now
    }

    /// For an order that is new in a home that was put back, and that its former life may have sent in its last moments,
    /// under the same caller's key: "absent" is believed when that has had its time to appear.
    package mutating func awaitFormerLife(
        endedAt end: Date, at now: Date, by uptime: Uptime?, policy: OrderPolicy
    ) {
        let length = policy.writeDeadline + policy.settle
        guard now < end.advanced(by: length) else { return }
        settle(for: length, from: now, by: uptime)
    }
}
