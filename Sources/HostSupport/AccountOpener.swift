// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleEngine
public import LifecycleModel
public import PublicCA

/// Opens accounts with the plugins of this host: settings checked, secrets fetched, memory sealed.
public struct AccountOpener: AccountOpening {
    let registry: ProviderRegistry
    let secrets: SecretReader
    let repository: any LifecycleRepository
    let sealing: any Sealing
    let transports: AccountTransports

    public func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
        guard let plugin = registry[account.provider] else {
            let known = registry.plugins.map(\.id).joined(separator: ", ")
            throw LifecycleError(
                .configuration, "account \(account.name) needs provider \(account.provider), which is not built in",
                hint: "this build has \(known)")
        }
        var opened: [String: Secret] = [:]
        for (key, source) in account.secrets {
            opened[key] = try secrets.open(source, account: account.name, key: key, sealing: sealing)
        }
        let settings = ProviderSettings(values: account.settings, secrets: opened)
        do throws(SettingError) {
            return try plugin.open(
                ProviderContext(
                    settings: settings, transport: try transports.transport(for: account, settings),
                    memory: RepositoryMemory(repository: repository, sealing: sealing, account: account.name),
                    now: { Date() }))
        } catch {
            throw LifecycleError(
                .configuration, "account \(account.name): \(error.description)",
                hint: Self.hint(for: account.name, isProxyRefused: Self.isProxyRefused(in: settings)))
        }
    }

    /// Accounts of earlier versions may hold a proxy's password there.
    private static func isProxyRefused(in settings: ProviderSettings) -> Bool {
        do throws(SettingError) { _ = try settings.optional(GenericSettings.proxy) } catch { return true }
        return false
    }

    private static func hint(for account: String, isProxyRefused: Bool) -> String {
        let change = isProxyRefused ? "--set proxy=ADDRESS --secret proxy-password=SOURCE" : "--set KEY=VALUE"
        return "mend it with: publicca account set \(account) \(change)"
    }

    /// Why this host cannot open the account; `nil` where it can. Makes no call at the CA.
    package func obstacle(to account: AccountRecord) async -> LifecycleError? {
        do throws(LifecycleError) {
            _ = try await open(account)
            return nil
        } catch {
            return error
        }
    }
}
