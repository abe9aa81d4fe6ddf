// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleModel
package import PublicCA

/// A row of a listing, what is known of it here, and what the CA says of it in full.
package struct ImportedRow: Sendable {
    /// What is to be done about a row, judged by what is on record alone.
    package enum Plan: Sendable {
        case deletedHere
        case unchanged
        /// Placed here, with a way of its own.
        case ours(Order)
        case read(known: Order?, grave: Tombstone?)

        /// Whether the row's reference leads to an order here.
        var isMet: Bool {
            switch self {
            case .deletedHere, .read(known: nil, _): false
            case .unchanged, .ours, .read: true
            }
        }

        /// What the row counts as when nothing is found in it that cannot be taken.
        package func count(in report: inout ImportReport) {
            switch self {
            case .deletedHere: report.deletedHere += 1
            case .unchanged: report.unchanged += 1
            case .ours(let order) where order.phase == .completed && order.certificate != nil: report.changed += 1
            case .ours: report.unchanged += 1
            case .read(known: nil, _): report.new += 1
            case .read: report.changed += 1
            }
        }
    }

    var row: OrderRow
    var plan: Plan
    var order: Result<OrderSnapshot, ProviderError>?
    var certificate: Result<CertificateSnapshot, ProviderError>?

    /// Whether the CA has to be asked about it.
    var isRead: Bool { if case .read = plan { true } else { false } }

    var calls: Int { (order == nil ? 0 : 1) + (certificate == nil ? 0 : 1) }
}

/// Reads the rows of a page that may have changed, several at once, and then takes them one after the other.
extension LifecycleEngine {
    func take(
        _ rows: [OrderRow], into page: inout ImportPage, _ account: OpenedAccount
    ) async throws {
        var planned: [ImportedRow] = []
        for row in rows {
            do {
                let plan = try await plan(row, page.run.options, account.record.name)
                if plan.isMet { page.run.met += 1 }
                planned.append(ImportedRow(row: row, plan: plan))
            } catch RepositoryError.unreadable(let what) {
                page.quarantine(row.order, "what is on record of it cannot be read: \(what)")
            }
        }
        for row in try await read(planned, for: &page, account) {
            page.run.report.calls += row.calls
            try await takeOrQuarantine(row, into: &page, account)
        }
    }

    package func plan(
        _ row: OrderRow, _ options: ImportOptions, _ account: String
    ) async throws(RepositoryError) -> ImportedRow.Plan {
        let grave = try await repository.tombstone(account: account, reference: row.order)
        if grave != nil, !options.again { return .deletedHere }
        guard let known = try await repository.order(account: account, reference: row.order) else {
            return .read(known: nil, grave: grave)
        }
        let isComplete = !known.isCertificateUnread || options.withoutCertificates
        if known.listedVersion == row.version, row.version != "", isComplete { return .unchanged }
        return known.kind == .imported ? .read(known: known, grave: grave) : .ours(known)
    }

    /// In the order of the rows. The lease is made longer meanwhile, however slow the CA is.
    private func read(
        _ rows: [ImportedRow], for page: inout ImportPage, _ account: OpenedAccount
    ) async throws -> [ImportedRow] {
        let provider = account.provider
        let withCertificates = !page.run.options.withoutCertificates
        var item = page.item
        // The listing may have used up most of the lease.
        var heldSince = Date.distantPast
        if rows.contains(where: \.isRead) { try await holdOn(to: &item, since: &heldSince) }
        let results = try await withThrowingTaskGroup(of: (Int, ImportedRow).self) { group in
            var results = rows
            var next = 0
            func begin() {
                guard next < rows.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await inFull(rows[index], withCertificates, provider)) }
            }
            for _ in 0..<max(1, options.reads) { begin() }
            while let (index, row) = try await group.next() {
                results[index] = row
                begin()
                try await holdOn(to: &item, since: &heldSince)
            }
            return results
        }
        page.item = item
        return results
    }

    private func inFull(
        _ planned: ImportedRow, _ withCertificates: Bool, _ provider: any PublicCAProvider
    ) async -> ImportedRow {
        guard planned.isRead else { return planned }
        var row = planned
        let reference = row.row.order
        let answer = await read { () async throws(ProviderError) in try await provider.order(reference) }
        row.order = answer
        if withCertificates, case .success(let snapshot) = answer, case .issued(let certificate) = snapshot.state {
            row.certificate = await read { () async throws(ProviderError) in
                try await provider.certificate(certificate)
            }
        }
        return row
    }

    /// A row that cannot be understood changes nothing but the report.
    private func takeOrQuarantine(
        _ row: ImportedRow, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws {
        do {
            var trial = page
            try await take(row, into: &trial, account)
            page = trial
        } catch let problem as MaterialError {
            page.quarantine(row.row.order, problem.description)
        } catch RepositoryError.unreadable(let what) {
            page.quarantine(row.row.order, "what is on record of it cannot be read: \(what)")
        }
    }
}
