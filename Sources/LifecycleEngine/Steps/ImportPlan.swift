// SPDX-License-Identifier: Apache-2.0

package import LifecycleModel
package import PublicCA

/// What is to be done about a row of a listing, judged by what is on record alone.
package enum ImportPlan: Sendable {
    case deletedHere
    case unchanged(Order)
    /// The listing tells nothing of it, and another one does.
    case listedElsewhere
    /// Placed here, and under way or without a certificate: it has a way of its own.
    case ours(Order)
    case read(known: Order?, grave: Tombstone?)

    /// The order here that the row's reference leads to.
    var known: Order? {
        switch self {
        case .deletedHere, .listedElsewhere: nil
        case .unchanged(let order), .ours(let order): order
        case .read(let order, _): order
        }
    }

    /// What the row counts as when nothing is found in it that cannot be taken.
    package func count(in report: inout ImportReport) {
        switch self {
        case .deletedHere: report.deletedHere += 1
        case .listedElsewhere: report.listed -= 1
        case .unchanged: report.unchanged += 1
        case .ours: report.unchanged += 1
        case .read(known: nil, _): report.new += 1
        // Met in a list for the first time.
        case .read(let known?, _) where known.kind != .imported && known.listedVersion == nil: report.unchanged += 1
        case .read: report.changed += 1
        }
    }
}

extension LifecycleEngine {
    func plan(
        _ row: OrderRow, _ options: ImportOptions, _ account: OpenedAccount
    ) async throws(RepositoryError) -> ImportPlan {
        try await plan(row, options, account.record.name, states: account.provider.orders?.listedStates ?? [])
    }

    /// - Parameter states: those that the CA lists by.
    package func plan(
        _ row: OrderRow, _ options: ImportOptions, _ account: String, states: [String]
    ) async throws(RepositoryError) -> ImportPlan {
        let grave = try await repository.tombstone(account: account, reference: row.order)
        let tellsNothing = row.version.isEmpty && options.references.isEmpty
        if grave != nil, !options.again { return tellsNothing ? .listedElsewhere : .deletedHere }
        guard let known = try await repository.order(account: account, reference: row.order) else {
            return .read(known: nil, grave: grave)
        }
        if !known.isCertificateUnread || options.withoutCertificates {
            if tellsNothing {
                let hasList = states.contains { $0.lowercased() == known.wording.lowercased() }
                return hasList ? .listedElsewhere : .unchanged(known)
            }
            // Whoever names an order wants it read.
            if !row.version.isEmpty, known.listedVersion == row.version { return .unchanged(known) }
        }
        let isOnItsWay = known.phase != .completed || known.certificate == nil
        return known.kind != .imported && isOnItsWay ? .ours(known) : .read(known: known, grave: grave)
    }
}
