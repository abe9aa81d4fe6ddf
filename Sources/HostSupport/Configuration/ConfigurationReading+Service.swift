// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel

/// How this program works, and how it is watched.
extension ConfigurationReading {
    mutating func renewal(of root: Place) -> RenewalPolicy {
        var policy = RenewalPolicy()
        guard let place = place("renewal", of: root) else { return policy }
        policy.share =
            value("share", of: place, ConfigurationValues.share(RenewalPolicy.sensibleShares)) ?? policy.share
        policy.spread = value("spread", of: place, ConfigurationValues.share(0...0.5)) ?? policy.spread
        return policy
    }

    mutating func metrics(of root: Place) -> HostConfiguration.Metrics? {
        guard let place = place("metrics", of: root) else { return nil }
        need("port", of: place, for: "metrics")
        let address = value("address", of: place, ConfigurationValues.host)
        return value("port", of: place, ConfigurationValues.number(1...65535)).map { port in
            HostConfiguration.Metrics(address: address ?? "127.0.0.1", port: port)
        }
    }

    mutating func heartbeat(of root: Place) -> HostConfiguration.Heartbeat? {
        guard let place = place("heartbeat", of: root) else { return nil }
        need("url", of: place, for: "heartbeat")
        let every = value("every", of: place, ConfigurationValues.duration)
        guard let address = value("url", of: place, ConfigurationValues.secretAddress) else { return nil }
        if case .secret(let source) = address { look(for: source, "heartbeat.url", line: place.line(of: "url")) }
        return HostConfiguration.Heartbeat(address: address, every: every ?? .seconds(60))
    }

    /// Notes a secret that cannot be read here.
    mutating func look(for source: SecretSource, _ key: String, line: Int) {
        if let problem = surroundings?.problem(with: source) { note("\(key): \(problem)", line: line) }
    }

    /// A program with its arguments; empty where there is none.
    mutating func command(_ name: String, of place: Place) -> [String] {
        let command = values(name, of: place) { (text) throws(Misfit) in text }
        guard place.has(name) else { return [] }
        guard let program = command.first, program.hasPrefix("/"), place.isList(name) || !program.contains(" ") else {
            let wanted = "a list of a program, by its absolute path, and its arguments, since no shell reads it"
            note("\(place.path(name)) must be \(wanted)", line: place.line(of: name))
            return []
        }
        if let problem = surroundings?.problem(withProgram: program) {
            note("\(place.path(name)): \(problem)", line: place.line(of: name))
        }
        return command
    }
}
