// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Puts it on record that every catalog of the account shall be read, now. A reading that is under way already is
    /// the one.
    ///
    /// The subject `.account(name)` rests when it has ended; what went wrong stands in ``AccountRecord/syncFailure``.
    /// Throws `accountRefused` while the account is paused, since nothing would be asked.
    public func syncCatalogs(account name: String) async throws(LifecycleError) {
        let account = try await account(named: name)
        guard !account.isPaused else {
            throw LifecycleError(
                .accountRefused, "account \(name) is paused: \(account.pausedReason ?? "")",
                hint: "publicca account resume \(name)")
        }
        try await commanded {
            let known = try await repository.work(.account(name), task: WorkItem.life)
            if let known, known.lease != nil || known.due <= time.now() { return }
            var begun = account
            begun.syncFailure = nil
            var changes = ChangeSet()
            if begun != account { changes.puts = [.account(begun)] }
            changes.work = [.put(catalogWork(known?.step ?? CatalogKind.profiles.rawValue, of: name, at: time.now()))]
            changes.journal = [journal(.account(name), name: nil, "sync", "asked for")]
            try await repository.commit(changes)
        }
    }

    func catalogWork(_ step: String, of account: String, at due: Date) -> WorkItem {
        WorkItem(subject: .account(account), account: account, step: step, due: due)
    }
}
