// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
import PublicCA

/// An order whose home was put back from a backup: what became of it in between is not on record.
extension Order {
    /// Has what may have been bought meanwhile looked for before it is sent, whatever is on record of it: the former home
    /// may have sent it until the moment in which it ended.
    package mutating func restored(at now: Date, policy: OrderPolicy) {
        guard phase == .drafted || phase == .submitting else { return }
        if phase == .drafted { phaseSince = now }
        phase = .submitting
        // Taken for sent once: where the CA cannot be asked for it, a person has to look.
        attempts = max(attempts, 1)
        settlesAt = max(settlesAt ?? now, settled(after: now, policy: policy))
        failures.end()
        waits.end()
        problem = "the home was put back from a backup: it is looked for at the CA before it is sent"
        updatedAt = now
    }

    /// From when on "absent" is believed of what a host that died at this moment may have sent.
    package func settled(after end: Date, policy: OrderPolicy) -> Date {
        end.advanced(by: policy.writeDeadline + policy.settle)
    }
}
