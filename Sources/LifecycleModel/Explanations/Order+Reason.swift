// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import PublicCA

extension Order {
    /// Why a step is the next one.
    func reason(for step: OrderStep) -> String {
        let last = failures.count > 0 ? problem.map { "; it failed before: \($0)" } ?? "" : ""
        return said(step) + last
    }

    private func said(_ step: OrderStep) -> String {
        switch step {
        case .submit: attempts == 0 ? "it is sent to the CA" : "it is sent again: attempt \(attempts + 1)"
        case .locate where phase == .drafted: "before it is sent, the CA is asked whether it has it already"
        case .locate: "the answer to the purchase is not known: the CA is asked whether it has the order"
        case .poll where wording.isEmpty: "the CA is asked how far it is"
        case .poll: "the CA is asked how far it is; it said \"\(wording)\" last"
        case .finalize: "the CA waits for the signing request"
        case .collect: "its certificate is fetched and checked"
        case .cancel: "it is withdrawn at the CA"
        }
    }
}
