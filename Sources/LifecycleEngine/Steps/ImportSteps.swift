// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One page of an import: listed, read where something changed, and committed together with the next page's cursor.
extension LifecycleEngine {
    func stepImport(_ claimed: WorkItem) async throws(RepositoryError) {
        guard let run = try await repository.importRun(ImportID(claimed.subject.id)), !run.isFinished else {
            return try await drop(claimed)
        }
        guard claimed.step == Self.page else { return try await leave(claimed) }
        guard let account = try await open(for: claimed) else { return }
        var page = ImportPage(run: run, item: claimed)
        do {
            let rows = try await listRows(for: run, of: account)
            guard rows.next == nil || (rows.next != run.cursor && rows.next != run.landmark) else {
                throw ProviderError(.rejected, "the list of orders leads back to an earlier page")
            }
            page.begin(rows)
            try await take(page.distinct(rows.items), into: &page, account)
        } catch let error as ProviderError {
            return try await importFailed(error, run, page.item, account)
        } catch let error as RepositoryError {
            throw error
        } catch {
            return try await importFailed(ProviderError(.rejected, "\(error)"), run, page.item, account)
        }
        page.run.updatedAt = time.now()
        page.run.failures.end()
        page.run.problem = nil
        if page.run.isFinished {
            finish(&page)
        } else {
            page.changes.work.append(nextPage(of: page.run, at: time.now()))
        }
        page.changes.claimed = page.item
        page.changes.puts.append(.importRun(page.run))
        do throws(RepositoryError) {
            try await repository.commit(page.changes)
        } catch {
            guard case .conflict(let what) = error else { throw error }
            // Somebody changed a record of the page meanwhile: it is read again, but not for ever.
            let failure = ProviderError(.transient(retryAfter: nil), "the page could not be kept: \(what)")
            return try await importFailed(failure, run, page.item, account)
        }
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
            if let pause = options.retry.afterFailure(run.failures, at: time.now()) {
                run.failures.extend(at: time.now())
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

    private static let page = "page"

    func nextPage(of run: ImportRun, at due: Date) -> WorkChange {
        .put(WorkItem(subject: .importRun(run.id), account: run.account, step: Self.page, due: due))
    }

    private func finish(_ page: inout ImportPage) {
        let isWhole = page.run.options.states.isEmpty && page.run.options.references.isEmpty
        if isWhole, let known = page.run.knownAtStart {
            page.run.report.vanished = max(0, known - page.run.met)
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
