// SPDX-License-Identifier: Apache-2.0

import LifecycleModel

/// What is done for an account again and again without being asked for. Raw values are tasks of work items: stored.
///
/// A duty is a work item of the account beside the one of its life, so that it survives a restart, is shared by all hosts,
/// and rests while the account is paused.
package enum AccountDuty: String, Hashable, Sendable, CaseIterable {
    case catalogs, orders, revocations, renewals

    func schedule(of schedules: DutySchedules) -> Schedule {
        switch self {
        case .catalogs: schedules.catalogs
        case .orders: schedules.orders
        case .revocations: schedules.revocations
        case .renewals: schedules.renewals
        }
    }

    /// What its dates depend on, beside the schedule.
    func id(of account: String) -> String { "\(account) \(rawValue)" }
}
