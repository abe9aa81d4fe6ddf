// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HTTPTypes
public import LifecycleEngine
public import LifecycleModel
public import PublicCA

/// Opens accounts of the plugins at hand, with their secrets from where they are kept.
public struct AccountOpener: AccountOpening {
    let registry: ProviderRegistry
    let repository: any LifecycleRepository
    let sealing: any Sealing
    let environment: [String: String]

    public func open(_ account: AccountRecord) async throws(LifecycleError) -> any PublicCAProvider {
        guard let plugin = registry[account.provider] else {
            throw LifecycleError(.configuration, "no provider \"\(account.provider)\" is built in")
        }
        let problems = plugin.problems(values: account.settings, secretNames: Set(account.secrets.keys))
        guard problems.isEmpty else { throw LifecycleError(.badInput, problems.joined(separator: "; ")) }
        var secrets: [String: Secret] = [:]
        for (name, source) in account.secrets { secrets[name] = try resolve(source, name, of: account.name) }
        let context = ProviderContext(
            settings: ProviderSettings(values: account.settings, secrets: secrets), transport: NoTransport(),
            memory: RepositoryMemory(repository: repository, sealing: sealing, account: account.name), now: { Date() })
        do throws(SettingError) {
            return try plugin.open(context)
        } catch {
            throw LifecycleError(.configuration, error.description)
        }
    }

    private func resolve(_ source: SecretSource, _ name: String, of account: String) throws(LifecycleError) -> Secret {
        switch source {
        case .environment(let variable):
            guard let text = environment[variable] else {
                throw LifecycleError(.configuration, "secret \(name): the environment has no \(variable)")
            }
            return Secret(text)
        case .file(let path): return try SecretFile.read(path)
        case .sealed(let data):
            do throws(MaterialError) {
                return Secret(String(decoding: try sealing.open(data, for: "secret:\(account):\(name)"), as: UTF8.self))
            } catch {
                throw LifecycleError(.storage, error.description)
            }
        }
    }
}

/// A secret in a file, of which a final line's end is not part.
public enum SecretFile {
    /// Throws `notFound` when there is none.
    public static func read(_ path: String) throws(LifecycleError) -> Secret {
        do {
            var text = try String(contentsOfFile: path, encoding: .utf8)
            if text.hasSuffix("\n") { text.removeLast() }
            return Secret(text)
        } catch {
            throw LifecycleError(.notFound, "the file \(path) cannot be read")
        }
    }
}

/// Stands where no network is needed: the mock CA never sends anything.
struct NoTransport: HTTPTransport {
    func send(_ request: HTTPRequest, body: Data?) async throws(TransportError) -> HTTPReply {
        throw .notSent("this build has no HTTP transport")
    }
}
