// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import PublicCA

extension AccountRecord {
    /// Throws `refused`, with the reason, where the account's last report forbids an operation. Asked by a command before
    /// anything is on record.
    func permit(_ operation: AccountOperation) throws(LifecycleError) {
        guard let restriction = restriction(of: operation) else { return }
        throw LifecycleError(
            .refused, "account \(name) may not \(operation.words): \(restriction.reason)",
            hint: "when that has changed: publicca account verify \(name)")
    }

    /// What forbids an operation, as the CA said when the account was last verified.
    func restriction(of operation: AccountOperation) -> Restriction? {
        report?.restrictions.first { $0.operation == operation }
    }
}

extension AccountOperation {
    /// As a person would say it.
    fileprivate var words: String {
        switch self {
        case .order: "order certificates"
        case .renew: "renew certificates"
        case .reissue: "reissue certificates"
        case .cancel: "withdraw orders"
        case .revoke: "revoke certificates"
        case .listOrders: "list orders"
        case .listOrganizations: "list organizations"
        case .listDomains: "list domains"
        }
    }
}
