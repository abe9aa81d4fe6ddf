// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// An import in a home that was put back from a backup: it decides whether the CA's list has told all.
extension LifecycleEngine {
    /// Puts an import off until what the former life sent last has had its time to appear in the list, by the watch of one
    /// machine. Returns why, or `nil` where nothing is to be waited for.
    func waitForFormerLife(
        _ item: WorkItem, _ account: AccountRecord
    ) async throws(RepositoryError) -> String? {
        guard account.isBehind, var restoration = account.restoration else { return nil }
        let left = restoration.settling.left(at: time.uptime())
        guard left > 0 else { return nil }
        var later = item
        later.lease = nil
        later.due = time.now().addingTimeInterval(left).inMilliseconds
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.put(later)]
        if restoration != account.restoration {
            var watched = account
            watched.restoration = restoration
            changes.puts = [.account(watched)]
        }
        try await repository.commit(changes)
        return "what was sent before the home was put back has its time to appear at the CA"
    }

    /// At the end of an import of everything: whether the account knows what its CA has.
    func reconcile(_ page: inout ImportPage) async throws(RepositoryError) {
        let run = page.run
        guard run.options.isOfAll, !run.options.withoutCertificates,
            var account = try await repository.account(run.account), account.isBehind,
            let restoration = account.restoration, run.createdAt >= restoration.at
        else { return }
        let obstacle = try await obstacle(in: run)
        account.restoration?.obstacle = obstacle
        account.restoration?.isReconciled = obstacle == nil
        page.changes.puts.append(.account(account))
        if obstacle == nil { page.changes.work.append(.put(replanWork(account.name))) }
        page.changes.journal.append(
            journal(
                .account(account.name), name: nil, obstacle == nil ? "reconciled" : "notReconciled",
                obstacle ?? "compared with the CA since the home was put back"))
    }

    /// What of the CA's list is not known now, and was not before.
    private func obstacle(in run: ImportRun) async throws(RepositoryError) -> String? {
        if run.report.listed == 0, let known = run.knownAtStart, known > 0 {
            return "the CA lists nothing, and \(known) orders are known"
        }
        if let unlisted = run.report.unlisted, unlisted > 0 { return "the CA counts \(unlisted) more than it lists" }
        var unknown = 0
        for row in run.report.quarantined {
            // A row without a reference is nobody's here.
            let known = try await repository.order(account: run.account, reference: OrderReference(row.reference))
            if known == nil { unknown += 1 }
        }
        return unknown > 0 ? "\(unknown) orders of the CA cannot be read" : nil
    }
}
