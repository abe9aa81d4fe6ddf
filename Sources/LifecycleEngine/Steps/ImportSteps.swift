// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// An import takes part after part of the list while it is its turn: one is taken while the next is read, and committed
/// together with where to go on.
extension LifecycleEngine {
    private enum News: Sendable {
        case read(Result<ReadPart, ProviderError>)
        /// A third of the lease has passed.
        case leaseAged
    }

    /// Short, since it is renewed all the time: who is killed over it is soon followed.
    private var shortLease: Duration { options.lease / 4 }

    /// - Parameter latest: nothing more is begun then, even where it is this import's turn.
    func stepImport(_ claimed: WorkItem, until latest: Date) async throws(RepositoryError) {
        guard let run = try await repository.importRun(ImportID(claimed.subject.id)), !run.isFinished else {
            return try await drop(claimed)
        }
        guard claimed.step == Self.page else { return try await leave(claimed) }
        guard let account = try await open(for: claimed) else { return }
        if let wait = try await waitForFormerLife(claimed, account.record) {
            return emit(.deferred(claimed.subject, step: claimed.step, reason: wait))
        }
        let end = min(latest, time.now().advanced(by: options.turn))
        let taken = await withTaskGroup(of: News.self) { group in
            defer { group.cancelAll() }
            group.addTask { .read(await readPart(at: run.cursor, of: run, account, until: end)) }
            do throws(RepositoryError) {
                return Result<Void, RepositoryError>.success(
                    try await takeParts(from: &group, run, claimed, account, until: end))
            } catch {
                return .failure(error)
            }
        }
        try taken.get()
    }

    private func takeParts(
        from group: inout TaskGroup<News>, _ first: ImportRun, _ claimed: WorkItem, _ account: OpenedAccount,
        until end: Date
    ) async throws(RepositoryError) {
        var (run, item) = (first, claimed)
        let age: @Sendable () async -> News = { [time, shortLease] in
            // Cancelled when there is no more to hold.
            _ = try? await time.clock.sleep(for: shortLease / 3)
            return .leaseAged
        }
        try await hold(&item, for: shortLease)
        group.addTask { await age() }
        while let news = await group.next() {
            // Whoever is asked to stop gives the page back; nothing has failed.
            guard !Task.isCancelled else { return try await putOff(item, to: time.now()) }
            switch news {
            case .leaseAged:
                try await hold(&item, for: shortLease)
                group.addTask { await age() }
            case .read(.failure(let error)): return try await importFailed(error, run, item, account)
            case .read(.success(let part)):
                let before = run
                switch part.following {
                case nil: break
                case .rest(let start):
                    group.addTask {
                        .read(await readPart(of: .success(part.page), from: start, before, account, until: end))
                    }
                case .page(let page):
                    var next = before
                    next.taken = []
                    group.addTask { [next] in
                        .read(await readPart(of: page, from: 0, next, account, until: end))
                    }
                }
                guard try await take(part, &run, &item, account) else { return }
            }
        }
    }

    /// Returns whether the import goes on at once.
    private func take(
        _ part: ReadPart, _ run: inout ImportRun, _ item: inout WorkItem, _ account: OpenedAccount
    ) async throws(RepositoryError) -> Bool {
        // All of it was taken before a kill.
        if part.rows.isEmpty, part.following != nil, !part.isLast { return true }
        var page = ImportPage(run: run)
        do {
            guard part.page.next == nil || (part.page.next != run.cursor && part.page.next != run.landmark) else {
                throw ProviderError(.rejected, "the list of orders leads back to an earlier page")
            }
            page.begin(part)
            try await take(part, into: &page, account)
        } catch let error as ProviderError {
            run.report.calls += part.calls
            try await importFailed(error, run, item, account)
            return false
        } catch let error as RepositoryError {
            throw error
        } catch {
            try await importFailed(ProviderError(.rejected, "\(error)"), run, item, account)
            return false
        }
        let pause = settle(&page.run, after: part)
        let goesOn = part.following != nil
        var next = item
        next.due = time.now().advanced(by: pause)
        next.lease = goesOn ? renewed(item.lease, for: shortLease) : nil
        if page.run.isFinished { try await finish(&page) } else { page.changes.work.append(.put(next)) }
        page.changes.claimed = item
        page.changes.puts.append(.importRun(page.run))
        do throws(RepositoryError) {
            try await repository.commit(page.changes)
        } catch {
            guard case .conflict(let what) = error else { throw error }
            // Somebody changed a record of the page meanwhile: it is read again, but not for ever.
            let failure = ProviderError(.transient(retryAfter: nil), "the page could not be kept: \(what)")
            try await importFailed(failure, run, item, account)
            return false
        }
        emit(.imported(page.run))
        (run, item) = (page.run, next)
        run.revision += 1
        return goesOn
    }

    /// The run behind a part. Returns how long to wait before what was put aside is read again.
    private func settle(_ run: inout ImportRun, after part: ReadPart) -> Duration {
        run.updatedAt = time.now()
        run.problem = nil
        guard run.isFinished, !run.aside.isEmpty else {
            if !part.rows.isEmpty { run.failures.end() }
            return .zero
        }
        run.isFinished = false
        run.isListed = true
        run.problem = "\(run.aside.count) orders could not be read, and are read again"
        let pause = options.retry.afterFailure(run.failures, at: time.now()) ?? .zero
        run.failures.extend(at: time.now())
        return pause
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
            changes.work = [.put(nextPage(of: run, at: time.now()))]
            pause = error.description
        case .transient(let retryAfter):
            if let pause = options.retry.afterFailure(run.failures, at: time.now()) {
                run.failures.extend(at: time.now())
                let due = time.now().advanced(by: max(pause, retryAfter ?? .zero))
                changes.work = [.put(nextPage(of: run, at: due))]
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

    static let page = "page"

    private func nextPage(of run: ImportRun, at due: Date) -> WorkItem {
        WorkItem(subject: .importRun(run.id), account: run.account, step: Self.page, due: due)
    }

    private func finish(_ page: inout ImportPage) async throws(RepositoryError) {
        if page.run.options.isOfAll, let known = page.run.knownAtStart {
            page.run.report.vanished = max(0, known - page.run.met)
        }
        if page.run.options.isOfAll { page.run.report.tellUnlisted() }
        try await reconcile(&page)
        let report = page.run.report
        page.changes.work.append(.remove(.importRun(page.run.id), task: WorkItem.life))
        page.changes.journal.append(
            journal(
                .account(page.run.account), name: nil, "imported",
                "\(report.listed) listed, \(report.new) new, \(report.changed) changed, \(report.unchanged) unchanged, "
                    + "\(report.quarantined.count) quarantined, \(report.deletedHere) deleted here"))
    }
}
