// SPDX-License-Identifier: Apache-2.0

import LifecycleEngine
import LifecycleModel

/// What a person may decide of an order, and what to do instead where that is over.
extension Order {
    /// Throws `refused` where it is too late to withdraw it, or too early to know.
    func requireCancellable() throws(LifecycleError) {
        let hint: String
        switch phase {
        case .drafted, .placed, .cancelling: return
        case .submitting: hint = "whether the CA has it is being found out; try again after: publicca order check \(id)"
        case .issued, .awaitingCapacity:
            hint = "its certificate is issued; revoke that when it is here: publicca certificate revoke ID"
        case .completed:
            let subject = certificate?.rawValue ?? "ID"
            hint = "its certificate is issued; revoke that with: publicca certificate revoke \(subject)"
        case .rejected, .cancelled: hint = "nothing is left to withdraw"
        case .stuck: hint = "decide with: \(id.resolving)"
        }
        throw LifecycleError(.refused, "\(id) is \(phase.rawValue), so that it cannot be withdrawn", hint: hint)
    }

    /// Throws `refused` where there is nothing to decide.
    func requireStuck() throws(LifecycleError) {
        guard phase != .stuck else { return }
        throw LifecycleError(
            .refused, "\(id) is \(phase.rawValue) and not stuck, so there is nothing to decide",
            hint: "see: publicca order show \(id)")
    }
}
