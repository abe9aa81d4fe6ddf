// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One page of an import: listed, read where something changed, and committed together with the next page's cursor.
extension LifecycleEngine {
    func stepImport(_ item: WorkItem) async throws(RepositoryError) {
        guard let run = try await repository.importRun(ImportID(item.subject.id)), !run.isFinished else {
            return try await drop(item)
        }
        guard let account = try await open(for: item) else { return }
        var page = ImportPage(run: run)
        page.changes.claimed = item
        do throws(ProviderError) {
            let rows = try await listRows(for: run, of: account)
            page.begin(rows)
            for row in rows.items {
                do {
                    try await take(row, into: &page, account)
                } catch let error as ProviderError {
                    throw error
                } catch let error as RepositoryError {
                    throw ProviderError(.transient(retryAfter: nil), error.description)
                } catch {
                    page.quarantine(row.order, "\(error)")
                }
            }
        } catch {
            return try await importFailed(error, run, item, account)
        }
        page.run.updatedAt = time.now()
        page.run.tries = 0
        page.run.problem = nil
        if page.run.isFinished {
            try await finish(&page)
        } else {
            page.changes.work.append(nextPage(of: page.run, at: time.now()))
        }
        page.changes.puts.append(.importRun(page.run))
        try await repository.commit(page.changes)
        emit(.imported(page.run))
    }

    /// The rows of this page; named references are pages of their own making.
    private func listRows(
        for run: ImportRun, of account: OpenedAccount
    ) async throws(ProviderError) -> Page<OrderRow> {
        guard run.options.references.isEmpty else {
            let start = run.cursor.flatMap { Int($0.rawValue) } ?? 0
            let end = min(start + 50, run.options.references.count)
            let rows = run.options.references[start..<end].map {
                OrderRow(order: $0, certificate: nil, version: "")
            }
            let next = end < run.options.references.count ? PageCursor("\(end)") : nil
            return Page(items: rows, next: next, total: run.options.references.count)
        }
        guard let listing = account.provider.orders else {
            throw ProviderError(.rejected, "this account cannot list orders; name them with --reference")
        }
        let states = run.options.states
        let cursor = run.cursor
        return try await read({ () async throws(ProviderError) in
            try await listing.listOrders(in: states, after: cursor)
        })
        .get()
    }

    private func importFailed(
        _ error: ProviderError, _ before: ImportRun, _ item: WorkItem, _ account: OpenedAccount
    ) async throws(RepositoryError) {
        var run = before
        run.problem = error.description
        run.updatedAt = time.now()
        var changes = ChangeSet()
        changes.claimed = item
        var pause: String?
        switch error.disposition {
        case .account:
            changes.work = [nextPage(of: run, at: time.now())]
            pause = error.description
        case .transient(let retryAfter):
            if let pause = options.retry.afterFailure(run.tries) {
                run.tries += 1
                changes.work = [nextPage(of: run, at: time.now().advanced(by: max(pause, retryAfter ?? .zero)))]
            } else {
                fallthrough
            }
        case .ambiguous, .rejected, .notFound:
            run.isFinished = true
            changes.work = [.remove(item.subject, task: WorkItem.life)]
        }
        changes.puts.append(.importRun(run))
        changes.journal.append(
            journal(.account(run.account), name: nil, run.isFinished ? "importFailed" : "import", error.description))
        try await commit(changes, pausing: run.account, because: pause)
        emit(.imported(run))
    }

    private func nextPage(of run: ImportRun, at due: Date) -> WorkChange {
        .put(WorkItem(subject: .importRun(run.id), account: run.account, step: "page", due: due))
    }

    private func finish(_ page: inout ImportPage) async throws(RepositoryError) {
        let isWhole = page.run.options.states.isEmpty && page.run.options.references.isEmpty
        if isWhole, let known = page.run.knownAtStart {
            page.run.report.vanished = max(0, known - page.run.report.unchanged - page.run.report.changed)
        }
        let report = page.run.report
        page.changes.work.append(.remove(.importRun(page.run.id), task: WorkItem.life))
        page.changes.journal.append(
            journal(
                .account(page.run.account), name: nil, "imported",
                "\(report.listed) listed, \(report.new) new, \(report.changed) changed, \(report.unchanged) unchanged, "
                    + "\(report.quarantined.count) quarantined, \(report.deletedHere) deleted here"))
    }
}

/// A page under way: what it will change, and the run as it will be.
struct ImportPage {
    var run: ImportRun
    var changes = ChangeSet()
    /// Certificates that this page adds to the inventory.
    var kept = 0

    init(run: ImportRun) { self.run = run }

    mutating func begin(_ rows: Page<OrderRow>) {
        run.cursor = rows.next
        run.isFinished = rows.next == nil
        run.report.listed += rows.items.count + rows.unreadable.count
        run.report.total = rows.total ?? run.report.total
        run.report.quarantined += rows.unreadable
        run.report.calls += 1
    }

    mutating func quarantine(_ reference: OrderReference, _ reason: String) {
        run.report.quarantined.append(UnreadableRow(reference: reference.rawValue, reason: reason))
    }
}
