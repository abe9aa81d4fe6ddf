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

    /// Why the order could not be read.
    var failure: ProviderError? {
        if case .failure(let error) = order { return error }
        return nil
    }
}

/// A part of a page as it was listed, and its rows in full as far as they may have changed.
struct ReadPart: Sendable {
    var page: Page<OrderRow>
    /// The rows of the page that this part is of.
    var range: Range<Int>
    var rows: [ImportedRow]
    /// What to read next; `nil` at the end of the list, and where the import's turn ends.
    var following: Following?

    enum Following: Sendable {
        /// The rest of the same page, from this row on.
        case rest(Int)
        case page(Result<Page<OrderRow>, ProviderError>)
    }

    /// Whether the CA shows orders at all at the moment.
    var isAnswered: Bool {
        rows.contains { $0.order != nil && $0.failure?.mayPass != true }
    }
    var calls: Int { rows.reduce(isFirst ? 1 : 0) { $0 + $1.calls } }
    var isFirst: Bool { range.lowerBound == 0 }
    var isLast: Bool { range.upperBound == page.items.count }
}

/// Lists a page and reads the rows that may have changed, several at once. Writes nothing.
extension LifecycleEngine {
    /// Rows of a part. While one is taken, the next is read, and a kill repeats the two: a page of most CAs.
    private static let part = 100
    /// A request waits for its turn at the account's transport, which bounds the rest.
    private var patientDeadline: Duration { options.readDeadline * 10 }

    func readPart(
        at cursor: PageCursor?, of run: ImportRun, _ account: OpenedAccount, until end: Date
    ) async -> Result<ReadPart, ProviderError> {
        await readPart(of: await rows(at: cursor, of: run, account), from: 0, run, account, until: end)
    }

    /// Meanwhile the next page is listed, so that its rows are asked for as soon as these are there.
    func readPart(
        of listed: Result<Page<OrderRow>, ProviderError>, from start: Int, _ run: ImportRun, _ account: OpenedAccount,
        until end: Date
    ) async -> Result<ReadPart, ProviderError> {
        switch listed {
        case .failure(let error): return .failure(error)
        case .success(let page):
            let reachesEnd = start + Self.part >= page.items.count
            async let next: Result<Page<OrderRow>, ProviderError>? =
                reachesEnd && page.next != nil && time.now() < end ? rows(at: page.next, of: run, account) : nil
            let (rows, upper) = await read(page.items, from: start, of: run, account, until: end)
            var part = ReadPart(page: page, range: start..<upper, rows: rows)
            if part.isLast {
                part.following = await next.map { .page($0) }
            } else if rows.isEmpty || time.now() < end {
                part.following = .rest(upper)
            }
            return .success(part)
        }
    }

    /// What the CA lists; named references are pages of their own making.
    private func rows(
        at cursor: PageCursor?, of run: ImportRun, _ account: OpenedAccount
    ) async -> Result<Page<OrderRow>, ProviderError> {
        let options = run.options
        if run.isListed { return .success(Page(items: run.aside.map(\.row), next: nil)) }
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
        return await read(within: patientDeadline) { () async throws(ProviderError) in
            try await listing.listOrders(in: options.states, after: cursor)
        }
    }

    /// In the order of the rows, without those that were taken before, and where it ends: after the turn's end no more are
    /// begun.
    private func read(
        _ items: [OrderRow], from start: Int, of run: ImportRun, _ account: OpenedAccount, until end: Date
    ) async -> (rows: [ImportedRow], upper: Int) {
        let taken = Set(run.taken)
        let upper = min(start + Self.part, items.count)
        return await withTaskGroup(of: (Int, ImportedRow).self) { group in
            var read: [Int: ImportedRow] = [:]
            var next = start
            func begin() {
                while next < upper, taken.contains(items[next].order) { next += 1 }
                guard next < upper else { return }
                let index = next
                next += 1
                group.addTask { (index, await inFull(items[index], run.options, account)) }
            }
            for _ in 0..<atOnce(account) { begin() }
            while let (index, row) = await group.next() {
                read[index] = row
                if time.now() < end { begin() }
            }
            return ((start..<next).compactMap { read[$0] }, next)
        }
    }

    /// Eight for each request that may be in flight: few of those are idle then while the last rows of a part are read.
    private func atOnce(_ account: OpenedAccount) -> Int {
        let inFlight = account.record.settings[GenericSettings.requestsInFlight.description.name].flatMap { Int($0) }
        return max(1, inFlight.map { $0 * 8 } ?? options.reads)
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
            let both = await read(within: patientDeadline) { () async throws(ProviderError) in
                try await listing.orderWithCertificate(reference)
            }
            switch both {
            case .success(nil): break
            case .success(let both?):
                return ImportedRow(row: row, order: .success(both.order), certificate: both.certificate)
            case .failure(let error): return ImportedRow(row: row, order: .failure(error))
            }
        }
        let order = await read(within: patientDeadline) { () async throws(ProviderError) in
            try await provider.order(reference)
        }
        guard !isAlone, case .success(let snapshot) = order, case .issued(let certificate) = snapshot.state else {
            return ImportedRow(row: row, order: order)
        }
        return ImportedRow(
            row: row, order: order,
            certificate: await read(within: patientDeadline) { () async throws(ProviderError) in
                try await provider.certificate(certificate)
            })
    }
}

extension ProviderError {
    /// Whether the same question may be answered later.
    var mayPass: Bool {
        switch disposition {
        case .transient, .ambiguous: true
        case .account, .rejected, .notFound: false
        }
    }
}
