// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Begins an import of what the CA has, or returns the one that is under way with the same options.
    ///
    /// Throws `badInput` for a state that the CA does not list by, and `refused` where the account cannot list.
    public func importOrders(
        account name: String, _ options: ImportOptions = ImportOptions()
    ) async throws(LifecycleError) -> ImportRun {
        let account = try await account(named: name)
        let options = try await resolve(options, account)
        return try await decided {
            if let running = try await repository.unfinishedImports(account: name).first(where: {
                $0.options == options
            }) {
                return running
            }
            var changes = ChangeSet()
            var run = try await begin(options, of: account, in: &changes)
            try await repository.commit(changes)
            run.revision += 1
            return run
        }
    }

    /// A run from the beginning of the list, in the place of whatever one of the same options there was.
    @discardableResult
    func begin(
        _ options: ImportOptions, of account: AccountRecord, in changes: inout ChangeSet
    ) async throws -> ImportRun {
        let name = account.name
        let id = try importID(of: name, options)
        var run = ImportRun(id: id, account: name, options: options, createdAt: time.now())
        run.revision = try await repository.importRun(id)?.revision ?? 0
        run.knownAtStart = try await repository.counts().referenced[name, default: 0]
        changes.puts.append(.importRun(run))
        changes.work.append(
            .put(WorkItem(subject: .importRun(run.id), account: name, step: Self.page, due: time.now())))
        changes.journal.append(journal(.account(name), name: nil, "import", "begins as \(run.id)"))
        return run
    }

    /// One for each account and wish: it takes the place of the one that ended before, so that of two that begin at once
    /// the second meets a conflict, and finds the first.
    private func importID(of account: String, _ options: ImportOptions) throws -> ImportID {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return ImportID("imp_" + digest(Data("\(account)\n".utf8) + (try encoder.encode(options))))
    }

    /// States in the CA's own spelling. Throws as ``importOrders(account:_:)`` does.
    package func resolve(
        _ options: ImportOptions, _ account: AccountRecord
    ) async throws(LifecycleError) -> ImportOptions {
        guard options.references.isEmpty else { return options }
        try account.permit(.listOrders)
        guard let listing = try await accounts.open(account).orders else {
            throw LifecycleError(
                .refused, "account \(account.name) cannot list orders", hint: "name them with --reference")
        }
        var resolved = options
        resolved.states = []
        for state in options.states {
            guard let known = listing.listedStates.first(where: { $0.lowercased() == state.lowercased() }) else {
                throw LifecycleError(
                    .badInput, "the CA does not list by state \"\(state)\"",
                    hint: listing.listedStates.isEmpty
                        ? "leave out --state" : "choose one of \(listing.listedStates.joined(separator: ", "))")
            }
            resolved.states.append(known)
        }
        return resolved
    }
}
