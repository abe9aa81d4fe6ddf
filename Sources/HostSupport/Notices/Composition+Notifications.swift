// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import LifecycleEngine
package import LifecycleModel
import Logging
import Notifications
import PublicCA

extension Composition {
    /// Delivers to the channels of a configuration; `nil` where there is none. Reads no secret yet.
    static func notifications(
        _ channels: [NoticeChannel], secrets: SecretReader
    ) throws(LifecycleError) -> HostNotifications? {
        guard !channels.isEmpty else { return nil }
        return HostNotifications(
            channels: channels, transport: try plainTransport(secrets.environment),
            environment: programEnvironment(secrets.environment), host: ProcessInfo.processInfo.hostName
        ) { (source) throws(DeliveryFailure) in
            do throws(LifecycleError) {
                return try secrets.open(source, as: "secret of the webhook")
            } catch {
                throw DeliveryFailure(error.message, mayPass: false)
            }
        }
    }

    /// What calls the address of a heartbeat.
    func heartbeat(_ settings: HostConfiguration.Heartbeat) throws(LifecycleError) -> Heartbeat {
        let address =
            switch settings.address {
            case .open(let text): Secret(text)
            case .secret(let source): try secrets.open(source, as: "address of the heartbeat")
            }
        let transport = try Self.plainTransport(secrets.environment)
        return Heartbeat(address: address, every: settings.every, transport: transport) { [logger] in
            logger.warning("\($0)")
        }
    }

    /// For addresses that the operator has written down, and that may hold a token: none is logged.
    static func plainTransport(_ environment: [String: String]) throws(LifecycleError) -> any HTTPTransport {
        do throws(SettingError) {
            return try AsyncHTTPTransport.plain(environment: environment)
        } catch {
            throw LifecycleError(.configuration, error.description)
        }
    }

    /// What a program needs to find its way, and no more: secrets may stand in what we were given ourselves.
    static func programEnvironment(_ environment: [String: String]) -> [String: String] {
        let names = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"]
        let given = environment.filter { names.contains($0.key) }
        return ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"].merging(given) { $1 }
    }
}

extension SecretReader {
    /// A secret that the configuration refers to. Throws as ``read(_:as:)`` does.
    package func open(_ source: SecretSource, as label: String) throws(LifecycleError) -> Secret {
        switch source {
        case .environment(let name): try read(.environment(name), as: label)
        case .file(let path): try read(.file(path), as: label)
        case .sealed: throw LifecycleError(.configuration, "the \(label) cannot stand in a configuration")
        }
    }
}
