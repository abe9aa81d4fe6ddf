// SPDX-License-Identifier: Apache-2.0

public import FoundationEssentials
public import LifecycleModel
public import PublicCA

/// What a provider remembers, kept in the repository and sealed.
public struct RepositoryMemory: ProviderMemory {
    let repository: any LifecycleRepository
    let sealing: any Sealing
    let account: String

    public init(repository: any LifecycleRepository, sealing: any Sealing, account: String) {
        self.repository = repository
        self.sealing = sealing
        self.account = account
    }

    public func recall(_ name: String) async throws(ProviderError) -> RememberedBlob? {
        do {
            guard let record = try await repository.memory(account: account, name: name) else { return nil }
            return RememberedBlob(
                data: try sealing.open(record.sealed, for: context(name)), version: record.revision)
        } catch {
            throw ProviderError(.transient(retryAfter: nil), "what the provider remembers cannot be read: \(error)")
        }
    }

    public func remember(
        _ data: Data, as name: String, replacing version: Int?
    ) async throws(ProviderError) -> Bool {
        do {
            var changes = ChangeSet()
            let sealed = try sealing.seal(data, for: context(name))
            changes.puts = [
                .memory(MemoryRecord(account: account, name: name, revision: version ?? 0, sealed: sealed))
            ]
            try await repository.commit(changes)
            return true
        } catch RepositoryError.conflict {
            return false
        } catch {
            throw ProviderError(.transient(retryAfter: nil), "what the provider remembers cannot be kept: \(error)")
        }
    }

    private func context(_ name: String) -> String { SealedFor.memory(name, of: account) }
}
