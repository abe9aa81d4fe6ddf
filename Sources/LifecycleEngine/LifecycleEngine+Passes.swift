// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Does all that is due now, of one subject or of all, including what becomes due at once by doing it.
    ///
    /// Returns how many steps were taken. Throws when the repository cannot be used; what was under way is then taken
    /// up again when its lease ends.
    @discardableResult
    public func pass(_ subject: Subject? = nil) async throws(RepositoryError) -> Int {
        try await pass(subject, until: .distantFuture)
    }

    /// The same, but after a date no more is begun than what is due at once: one import alone may have a thousand pages
    /// due one after the other.
    private func pass(_ subject: Subject?, until end: Date) async throws(RepositoryError) -> Int {
        var steps = 0
        while !Task.isCancelled, steps == 0 || time.now() < end {
            let items = try await claimDue(options.parallel, of: subject)
            if items.isEmpty { break }
            try await work(on: items, until: end)
            steps += items.count
        }
        return steps
    }

    /// Runs one subject until nothing more follows by itself, or time is up.
    ///
    /// Returns false when time was up, and true when the subject rests, which it also does while its account is paused
    /// or cannot be opened here.
    public func settle(_ subject: Subject, within limit: Duration) async throws(RepositoryError) -> Bool {
        let end = time.now().advanced(by: limit)
        while !Task.isCancelled {
            _ = try await pass(subject, until: end)
            guard let item = try await repository.work(subject, task: WorkItem.life) else { return true }
            if let account = try await repository.account(item.account), await isHeldBack(account) { return true }
            let now = time.now()
            guard now < end else { return false }
            // Somebody else may hold it: look again soon, not only when the lease would end.
            let wake = min(max(item.due, now.advanced(by: .milliseconds(50))), end, now.advanced(by: .seconds(1)))
            do {
                try await time.clock.sleep(for: .milliseconds(Int64(wake.timeIntervalSince(now) * 1000) + 1))
            } catch {
                return false
            }
        }
        return false
    }

    /// Runs everything until nothing more is owed by us, or time is up. Returns whether the former came first.
    ///
    /// What is in doubt or failed for now is waited for. An order in the CA's hands is, only while its next look is
    /// due within `patience`; what an account's pause holds back is not, nor what this host cannot open.
    public func untilIdle(
        patience: Duration = .seconds(10), within limit: Duration
    ) async throws(RepositoryError) -> Bool {
        let end = time.now().advanced(by: limit)
        while !Task.isCancelled {
            _ = try await pass(nil, until: end)
            if try await isIdle(patience, until: end) { return true }
            guard time.now() < end else { return false }
            do {
                try await time.clock.sleep(for: .milliseconds(200))
            } catch {
                return false
            }
        }
        return false
    }

    private func isIdle(_ patience: Duration, until end: Date) async throws(RepositoryError) -> Bool {
        var heldBack: Set<String> = []
        for account in try await repository.accounts() where await isHeldBack(account) { heldBack.insert(account.name) }
        let soon = time.now().advanced(by: patience)
        var cursor: PageCursor?
        repeat {
            let page = try await repository.work(after: cursor, limit: 500)
            for item in page.items where !heldBack.contains(item.account) && !item.isWatch {
                if item.due > end { return true }
                if !Self.isRoutine(item) || item.due <= soon { return false }
            }
            cursor = page.next
        } while cursor != nil
        return true
    }

    /// Work whose date nothing is amiss with: a look at what is in the CA's hands, or one of several duties.
    private static func isRoutine(_ item: WorkItem) -> Bool {
        item.step == OrderStep.poll.rawValue || item.step == check || item.task != WorkItem.life
    }

    /// Nothing of it can be done here before a person acts.
    private func isHeldBack(_ account: AccountRecord) async -> Bool {
        guard !account.isPaused else { return true }
        do throws(LifecycleError) {
            _ = try await accounts.open(account)
            return false
        } catch {
            return true
        }
    }

    /// How many steps are to be under way at once.
    package var parallel: Int { options.parallel }

    /// Takes leases on what is due. Whoever claims is to ``work(on:)`` each item.
    package func claimDue(_ limit: Int, of subject: Subject? = nil) async throws(RepositoryError) -> [WorkItem] {
        try await repository.claim(
            WorkClaim(
                worker: options.worker, limit: limit, length: options.lease, dueBy: time.now(), subject: subject))
    }

    /// Takes the step that a claimed item is due for.
    package func work(on item: WorkItem) async throws(RepositoryError) {
        try await step(item, until: .distantFuture)
    }

    private func work(on items: [WorkItem], until end: Date) async throws(RepositoryError) {
        let failures = await withTaskGroup(of: RepositoryError?.self) { group in
            for item in items {
                group.addTask {
                    do throws(RepositoryError) {
                        try await step(item, until: end)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: [RepositoryError]()) { failures, failure in
                if let failure { failures.append(failure) }
            }
        }
        if let failure = failures.first { throw failure }
    }

    /// One pass over one item. An answer that meets a newer record is dropped: what is on record decides.
    private func step(_ item: WorkItem, until end: Date) async throws(RepositoryError) {
        do {
            // Whoever is asked to stop gives back what was not begun, so that others need not wait for the lease's end.
            guard !Task.isCancelled else { return try await putOff(item, to: item.due) }
            switch WorkKind(item) {
            case .order: try await stepOrder(item)
            case .revocation: try await stepRevocation(item)
            case .importRun: try await stepImport(item, until: end)
            case .check: try await stepCertificate(item)
            case .renewal: try await stepRenewal(item)
            case .deploy: try await stepDeploy(item)
            case .deployment: try await stepDeployment(item)
            case .catalogs, .duty: try await stepAccount(item)
            case .replan: try await stepReplan(item)
            case .retention: try await stepHost(item)
            case .alerts: try await refreshAlerts(item)
            case .channel: try await stepChannel(item)
            case nil: try await leave(item)
            }
        } catch .conflict(let what) {
            emit(.dropped(item.subject, step: item.step, reason: what))
            try await giveBack(item)
        }
    }

    /// Has a step taken again soon after somebody was faster. What may have its intent on record is left alone: only its
    /// lease's end says what to do then.
    private func giveBack(_ item: WorkItem) async throws(RepositoryError) {
        let looks = [OrderStep.poll, .collect].map(\.rawValue)
        guard
            ["certificate", "deployment"].contains(item.subject.kind)
                || item.subject.kind == "order" && looks.contains(item.step)
        else { return }
        do throws(RepositoryError) {
            try await putOff(item, to: time.now().advanced(by: .seconds(1)))
        } catch {
            // Its item is somebody else's already.
            guard case .conflict = error else { throw error }
        }
    }

    /// Takes an item out whose subject is gone.
    func drop(_ item: WorkItem) async throws(RepositoryError) {
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.remove(item.subject, task: item.task)]
        try await repository.commit(changes)
    }

    /// Leaves work alone that this version does not know: a newer one shares the repository, and will do it.
    func leave(_ item: WorkItem) async throws(RepositoryError) {
        emit(.deferred(item.subject, step: item.step, reason: "this version does not know such work"))
        try await putOff(item, to: time.now().advanced(by: .seconds(3600)))
    }

    /// Gives an item back, to be tried again later, without having asked anything.
    func putOff(_ item: WorkItem, to due: Date) async throws(RepositoryError) {
        var later = item
        later.lease = nil
        later.due = due
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.put(later)]
        try await repository.commit(changes)
    }
}
