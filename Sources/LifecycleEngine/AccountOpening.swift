// SPDX-License-Identifier: Apache-2.0

public import LifecycleModel
public import PublicCA

/// Opens an account's provider: finds the plugin, resolves the secrets, hands over the transport.
public protocol AccountOpening: Sendable {
    /// Throws `configuration` when a setting or a secret cannot be used on this host. Makes no call at the CA.
    func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider
}

/// Every account is this one provider: for tests and for hosts with a single CA.
public struct SingleProvider: AccountOpening {
    let provider: any PublicCAProvider

    public init(_ provider: any PublicCAProvider) { self.provider = provider }

    public func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider { provider }
}

extension LifecycleEngine {
    func policy(for account: AccountRecord) throws(LifecycleError) -> OrderPolicy {
        let settings = ProviderSettings(values: account.settings)
        do {
            return OrderPolicy(
                retry: options.retry, settle: try settings(GenericSettings.settleTime),
                writeDeadline: try settings(GenericSettings.writeDeadline))
        } catch {
            throw LifecycleError(.configuration, "account \(account.name): \(error.description)")
        }
    }

    func account(named name: String) async throws(LifecycleError) -> AccountRecord {
        try await commanded {
            if let account = try await repository.account(name) { return account }
            let names = try await repository.accounts().map(\.name)
            let nearest = NearestNames.to(name, among: names)
            throw LifecycleError(
                .notFound, "there is no account \"\(name)\"",
                hint: nearest.isEmpty
                    ? "see: publicca account list" : "did you mean \(nearest.joined(separator: " or "))?")
        }
    }
}
