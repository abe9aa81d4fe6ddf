// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// A row of a listing, and what the CA says of it in full.
struct ImportedRow: Sendable {
    var row: OrderRow
    /// `nil` where the CA was not asked about it.
    var order: Result<OrderSnapshot, ProviderError>?
    var certificate: Result<CertificateSnapshot, ProviderError>?

    var calls: Int { (order == nil ? 0 : 1) + (certificate == nil ? 0 : 1) }
}

/// A page as it was listed, and its rows in full as far as they may have changed.
struct ReadPage: Sendable {
    var rows: Page<OrderRow>
    var read: [ImportedRow]
    /// The page behind it; `nil` at the end, and where the import's turn ends.
    var following: Result<Page<OrderRow>, ProviderError>?
}

/// Lists a page and reads the rows that may have changed, several at once. Writes nothing.
extension LifecycleEngine {
    func readPage(
        at cursor: PageCursor?, of run: ImportRun, _ account: OpenedAccount, until end: Date
    ) async -> Result<ReadPage, ProviderError> {
        await readPage(await rows(at: cursor, of: run, account), of: run, account, until: end)
    }

    /// Meanwhile the next page is listed, so that its rows are asked for as soon as these are there.
    func readPage(
        _ listed: Result<Page<OrderRow>, ProviderError>, of run: ImportRun, _ account: OpenedAccount, until end: Date
    ) async -> Result<ReadPage, ProviderError> {
        switch listed {
        case .failure(let error): return .failure(error)
        case .success(let rows):
            async let following: Result<Page<OrderRow>, ProviderError>? =
                rows.next != nil && time.now() < end ? self.rows(at: rows.next, of: run, account) : nil
            let read = await read(rows.items, of: run, account)
            return .success(ReadPage(rows: rows, read: read, following: await following))
        }
    }

    /// What the CA lists; named references are pages of their own making.
    private func rows(
        at cursor: PageCursor?, of run: ImportRun, _ account: OpenedAccount
    ) async -> Result<Page<OrderRow>, ProviderError> {
        let options = run.options
        guard options.references.isEmpty else {
            let start = cursor.flatMap { Int($0.rawValue) } ?? 0
            let end = min(start + 50, options.references.count)
            let rows = options.references[start..<end].map { OrderRow(order: $0, certificate: nil, version: "") }
            let next = end < options.references.count ? PageCursor("\(end)") : nil
            return .success(Page(items: rows, next: next, total: options.references.count))
        }
        guard let listing = account.provider.orders else {
            return .failure(
                ProviderError(.rejected, "this account cannot list orders; name them with --reference"))
        }
        return await read { () async throws(ProviderError) in
            try await listing.listOrders(in: options.states, after: cursor)
        }
    }

    /// In the order of the rows.
    private func read(_ rows: [OrderRow], of run: ImportRun, _ account: OpenedAccount) async -> [ImportedRow] {
        await withTaskGroup(of: (Int, ImportedRow).self) { group in
            var read: [Int: ImportedRow] = [:]
            var next = 0
            func begin() {
                guard next < rows.count else { return }
                let index = next
                next += 1
                group.addTask { (index, await inFull(rows[index], run.options, account)) }
            }
            for _ in 0..<max(1, options.reads) { begin() }
            while let (index, row) = await group.next() {
                read[index] = row
                begin()
            }
            return rows.indices.compactMap { read[$0] }
        }
    }

    private func inFull(_ row: OrderRow, _ options: ImportOptions, _ account: OpenedAccount) async -> ImportedRow {
        let plan: ImportPlan
        do throws(RepositoryError) {
            plan = try await self.plan(row, options, account)
        } catch {
            // Met again, and told, when the row is taken.
            return ImportedRow(row: row)
        }
        guard case .read = plan else { return ImportedRow(row: row) }
        return await inFull(row, options.withoutCertificates, account.provider)
    }

    private func inFull(
        _ row: OrderRow, _ isAlone: Bool, _ provider: any PublicCAProvider
    ) async -> ImportedRow {
        let reference = row.order
        if !isAlone, let listing = provider.orders {
            let both = await read { () async throws(ProviderError) in
                try await listing.orderWithCertificate(reference)
            }
            switch both {
            case .success(nil): break
            case .success(let both?):
                return ImportedRow(row: row, order: .success(both.order), certificate: both.certificate)
            case .failure(let error): return ImportedRow(row: row, order: .failure(error))
            }
        }
        let order = await read { () async throws(ProviderError) in try await provider.order(reference) }
        guard !isAlone, case .success(let snapshot) = order, case .issued(let certificate) = snapshot.state else {
            return ImportedRow(row: row, order: order)
        }
        return ImportedRow(
            row: row, order: order,
            certificate: await read { () async throws(ProviderError) in try await provider.certificate(certificate) })
    }
}
