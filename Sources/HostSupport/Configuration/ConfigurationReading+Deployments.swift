// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Where certificates are served.
extension ConfigurationReading {
    mutating func targets(of root: Place) -> [DeploymentTarget] {
        var lines: [String: Int] = [:]
        var found: [(target: DeploymentTarget, line: Int)] = []
        for place in places("deployments", of: root) {
            for name in ["name", "certificates"] { need(name, of: place, for: "a deployment") }
            let name = value("name", of: place, ConfigurationValues.text)
            let certificates = values("certificates", of: place, ConfigurationValues.text).map { NamePattern($0) }
            if place.isEmptyList("certificates") {
                note("a deployment of no certificate does nothing", line: place.line(of: "certificates"))
            }
            let writesTo = self.deploymentPlace(of: place)
            let line = place.line(of: !place.has("folder") ? "keystore" : "folder")
            if let name, let first = lines.updateValue(place.line, forKey: name) {
                note("the deployment \"\(name)\" is there already, in line \(first)", line: place.line)
            }
            var target = DeploymentTarget(
                name: name ?? "", certificates: certificates, place: writesTo ?? .folder(path: ""))
            complete(&target, from: place)
            guard name != nil, !certificates.isEmpty, writesTo != nil else { continue }
            if let other = found.first(where: { $0.target.sharesPath(with: target) }) {
                note(
                    "the deployments \"\(other.target.name)\" and \"\(target.name)\" share the path \(target.place.path)",
                    line: line)
            } else if let other = found.first(where: { $0.target.isNested(with: target) }) {
                let names = "the deployments \"\(other.target.name)\" and \"\(target.name)\""
                note("\(names) lie in one another: \(other.target.place.path) and \(target.place.path)", line: line)
            }
            found.append((target, line))
        }
        return found.map(\.target)
    }

    private mutating func deploymentPlace(of place: Place) -> DeploymentTarget.Place? {
        let given = ["folder", "keystore"].filter { place.has($0) }
        guard given.count == 1 else {
            note("a deployment needs one of folder and keystore", line: place.line)
            return nil
        }
        if given == ["folder"] {
            for name in ["format", "password"] where place.has(name) {
                note("only a keystore has a \(name)", line: place.line(of: name))
            }
            return value("folder", of: place, ConfigurationValues.path).map { .folder(path: $0) }
        }
        need("format", of: place, for: "a keystore")
        let format = value("format", of: place, ConfigurationValues.keystoreFormat)
        let password = value("password", of: place, ConfigurationValues.secret)
        if let password { look(for: password, place.path("password"), line: place.line(of: "password")) }
        guard let path = value("keystore", of: place, ConfigurationValues.path), let format else { return nil }
        return .keystore(path: path, format: format, password: password)
    }

    private mutating func complete(_ target: inout DeploymentTarget, from place: Place) {
        target.owner = value("owner", of: place, ConfigurationValues.text)
        target.group = value("group", of: place, ConfigurationValues.text)
        if let owner = target.owner, surroundings?.hasUser(owner) == false {
            note("there is no user \"\(owner)\"", line: place.line(of: "owner"))
        }
        if let group = target.group, surroundings?.hasGroup(group) == false {
            note("there is no group \"\(group)\"", line: place.line(of: "group"))
        }
        target.mode = value("mode", of: place, ConfigurationValues.mode) ?? target.mode
        target.keptVersions = value("keep", of: place, ConfigurationValues.number(0...100)) ?? target.keptVersions
        target.reload = command("reload", of: place)
        target.timeLimit = value("time-limit", of: place, ConfigurationValues.duration) ?? target.timeLimit
        target.webhook = value("webhook", of: place, ConfigurationValues.address)
        target.endpoint = endpoint(of: place)
    }

    private mutating func endpoint(of place: Place) -> DeploymentTarget.Endpoint? {
        guard place.hasMembers("verify") else {
            return value("verify", of: place, ConfigurationValues.endpoint)
        }
        guard let verify = self.place("verify", of: place) else { return nil }
        need("address", of: verify, for: verify.key)
        let name = value("name", of: verify, ConfigurationValues.text)
        var endpoint = value("address", of: verify, ConfigurationValues.endpoint)
        endpoint?.serverName = name
        return endpoint
    }
}
