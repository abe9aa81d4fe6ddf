// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel

extension Composition {
    /// `nil` where the account is active and this host can open it. Makes no call at the CA.
    func obstacle(to account: AccountRecord) async -> LifecycleError? {
        if let problem = account.pauseProblem { return problem }
        return await accounts.obstacle(to: account)
    }

    /// Accounts with work that waits for a person, and why.
    func heldBack(at now: Date) async throws(LifecycleError) -> [(account: AccountRecord, problem: LifecycleError)] {
        var heldBack: [(AccountRecord, LifecycleError)] = []
        let known = try await reading { () async throws(RepositoryError) in try await repository.accounts() }
        for account in known {
            guard let problem = await obstacle(to: account), try await hasDueWork(account, at: now) else { continue }
            heldBack.append((account, problem))
        }
        return heldBack
    }

    private func hasDueWork(_ account: AccountRecord, at now: Date) async throws(LifecycleError) -> Bool {
        // What could not be opened was put off for a minute.
        let end = now.addingTimeInterval(60)
        return try await reading { () async throws(RepositoryError) in
            for kind in ["order", "revocation", "import", "certificate", "account"] {
                let first = try await repository.work(of: account.name, kind: kind, limit: 1).first
                if let first, first.due <= end { return true }
            }
            return false
        }
    }
}
