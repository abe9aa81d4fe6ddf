// SPDX-License-Identifier: Apache-2.0

public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Adds an account. Unless told not to, the CA is asked first: then nothing is on record when it refuses.
    ///
    /// Throws `badInput` when the name is taken or not one, `accountRefused` or `unreachable` as the CA answers.
    public func addAccount(_ account: AccountRecord, verifies: Bool = true) async throws(LifecycleError)
        -> AccountRecord
    {
        let allowed = account.name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        guard allowed, !account.name.isEmpty, account.name.count <= 64 else {
            throw LifecycleError(
                .badInput, "\"\(account.name)\" is not an account name", hint: "use up to 64 letters, digits, - _ .")
        }
        _ = try policy(for: account)
        let known = try await commanded { try await repository.account(account.name) }
        guard known == nil else {
            throw LifecycleError(
                .badInput, "there is an account \"\(account.name)\" already",
                hint: "change it with: publicca account set \(account.name)")
        }
        var added = account
        if verifies { try await verify(&added) }
        return try await commanded { try await save(added, "added", "provider \(account.provider)") }
    }

    /// The account of that name; where there is none, it is added, and its catalogs are read. For hosts that know
    /// their account from the start and say so at every start.
    ///
    /// An account that is there stays as it is, whatever settings are given. Throws as ``addAccount(_:verifies:)`` does;
    /// catalogs that cannot be read now are read by a later pass.
    public func ensureAccount(
        _ name: String, provider: String, settings: [String: String] = [:], secrets: [String: SecretSource] = [:]
    ) async throws(LifecycleError) -> AccountRecord {
        let known = try await commanded { try await repository.account(name) }
        if let known, known.isPaused || !known.lastSync.isEmpty { return known }
        if known == nil {
            _ = try await addAccount(
                AccountRecord(
                    name: name, provider: provider, settings: settings, secrets: secrets, createdAt: time.now()))
        }
        try await syncCatalogs(account: name)
        _ = try await commanded { try await pass(.account(name)) }
        return try await account(named: name)
    }

    /// Writes changed settings or secrets. The CA is asked first; when it accepts, a paused account goes on.
    public func setAccount(_ account: AccountRecord) async throws(LifecycleError) -> AccountRecord {
        _ = try policy(for: account)
        var changed = account
        try await verify(&changed)
        changed.pausedReason = nil
        return try await commanded { try await save(changed, "changed", "settings verified") }
    }

    /// Asks the CA whether the account works, and keeps what it says.
    public func verifyAccount(_ name: String) async throws(LifecycleError) -> AccountRecord {
        try await decided {
            var account = try await account(named: name)
            try await verify(&account)
            return try await save(account, "verified", account.report?.roles.joined(separator: ", ") ?? "")
        }
    }

    /// Stops asking anything of the CA. What is due waits.
    public func pauseAccount(_ name: String) async throws(LifecycleError) -> AccountRecord {
        try await decided {
            var account = try await account(named: name)
            if account.isPaused { return account }
            account.pausedReason = AccountRecord.wish
            return try await save(account, "paused", "by a person")
        }
    }

    /// Goes on. What is due is done by the next pass.
    public func resumeAccount(_ name: String) async throws(LifecycleError) -> AccountRecord {
        try await decided {
            var account = try await account(named: name)
            guard account.isPaused || account.restoration?.obstacle != nil else { return account }
            account.pausedReason = nil
            var detail = "by a person"
            if let obstacle = account.restoration?.obstacle {
                account.restoration?.obstacle = nil
                account.restoration?.isReconciled = true
                detail += ", who takes it that nothing is missing: \(obstacle)"
            }
            return try await save(account, "resumed", detail)
        }
    }

    /// Drops the account and its catalogs, with what its provider remembers, its imports, and what was not sent yet of its
    /// revocations. Its orders and certificates stay. Throws `refused` while an order, or a revocation that was sent, is unfinished: it could never
    /// end.
    public func removeAccount(_ name: String) async throws(LifecycleError) {
        try await decided {
            let account = try await account(named: name)
            try await refuseWhileOrdering(account)
            var changes = ChangeSet()
            changes.deletes = [.account(account)]
            changes.work = ([WorkItem.life, Self.replanTask] + AccountDuty.allCases.map(\.rawValue)).map {
                .remove(.account(name), task: $0)
            }
            try await drop(revocationsOf: account, in: &changes)
            try await drop(importsOf: account, in: &changes)
            for kind in CatalogKind.allCases {
                changes.deletes += try await catalog(kind, of: name, withVanished: true).map { .catalog($0) }
            }
            changes.deletes += try await repository.memories(account: name).map { .memory($0) }
            changes.journal = [journal(.account(name), name: nil, "removed", "its orders and certificates stay")]
            try await repository.commit(changes)
        }
    }

    private func verify(_ account: inout AccountRecord) async throws(LifecycleError) {
        let provider = try await accounts.open(account)
        let answer = await read { () async throws(ProviderError) in try await provider.check() }
        switch answer {
        case .success(let report):
            account.report = report
            account.capabilities = provider.capabilities
            account.verifiedAt = time.now()
        case .failure(let error): throw LifecycleError(error)
        }
    }

    private func save(_ account: AccountRecord, _ event: String, _ detail: String) async throws -> AccountRecord {
        var changes = ChangeSet()
        changes.puts = [.account(account)]
        changes.journal = [journal(.account(account.name), name: nil, event, detail)]
        try await repository.commit(changes)
        var saved = account
        saved.revision += 1
        return saved
    }
}
