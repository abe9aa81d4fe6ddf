// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import PublicCA

extension RenewalPlan {
    /// A renewal may wait for its window, and for a CA that has people look at it.
    fileprivate static let patience: TimeInterval = 86_400

    /// Whether it was due more than a day ago, and no order is under way. What was given up is told as that.
    package func isLate(at now: Date) -> Bool {
        !isStuck && order == nil && dueAt < now.addingTimeInterval(-Self.patience)
    }
}

/// Renewals that are late, as far as was looked.
package struct LateRenewals: Sendable {
    package var found: [ManagedCertificate] = []
    package var unreadable: [UnreadableRow] = []
    /// There may be more.
    package var isLeast = false
}

extension LifecycleRepository {
    /// Reads on past those that are under way, for the repository does not tell them apart, but not for ever.
    ///
    /// - Parameters:
    ///   - enough: ends when so many are found.
    ///   - without: accounts whose renewals are left out.
    package func lateRenewals(
        at now: Date, enough: Int, without accounts: Set<String> = []
    ) async throws(RepositoryError) -> LateRenewals {
        var late = LateRenewals()
        var query = ManagedQuery()
        query.renewalDueBy = now.addingTimeInterval(-RenewalPlan.patience)
        for _ in 0..<20 {
            let page = try await managed(query)
            late.unreadable += page.unreadable
            late.found += page.items.filter { managed in
                managed.renewal?.isLate(at: now) ?? false && !accounts.contains(managed.account)
            }
            query.after = page.next
            late.isLeast = page.next != nil
            guard page.next != nil, late.found.count < enough else { break }
        }
        return late
    }
}
