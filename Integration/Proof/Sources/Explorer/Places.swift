// SPDX-License-Identifier: Apache-2.0

import LifecycleModel
import Synchronization

/// A target in memory with all that one may have: what is published is served.
final class Places: Deploying {
    let targets: [DeploymentTarget]
    private let served = Mutex<[String: String]>([:])

    init() {
        var target = DeploymentTarget(
            name: "web", certificates: [NamePattern("*.example.org")], place: .folder(path: "/etc/web/{name}"))
        target.reload = ["true"]
        target.webhook = "https://hooks.example.org"
        target.endpoint = DeploymentTarget.Endpoint(host: "web", port: 443)
        targets = [target]
    }

    func publish(
        _ certificate: DeployableCertificate, to target: DeploymentTarget
    ) async throws(DeploymentFailure) -> PublishedVersion {
        served.withLock { $0[certificate.commonName] = certificate.sha256 }
        return PublishedVersion(name: certificate.sha256, sha256: certificate.sha256, isCurrent: true)
    }

    func versions(of target: DeploymentTarget, for commonName: String) throws(DeploymentFailure) -> [PublishedVersion] {
        []
    }

    func restore(
        _ version: PublishedVersion, of target: DeploymentTarget, for commonName: String
    ) async throws(DeploymentFailure) {
        throw DeploymentFailure("nothing earlier is kept", mayPass: false)
    }

    func reload(_ target: DeploymentTarget, after change: DeploymentChange) async throws(DeploymentFailure) {}

    func announce(_ change: DeploymentChange, to target: DeploymentTarget) async throws(DeploymentFailure) {}

    func fingerprint(
        servedBy endpoint: DeploymentTarget.Endpoint, for commonName: String
    ) async throws(DeploymentFailure) -> String {
        guard let shown = served.withLock({ $0[commonName] }) else { throw DeploymentFailure("connection refused") }
        return shown
    }
}

/// A channel in memory, and the ids of what arrived.
final class Inbox: Notifying {
    let channels: [NoticeChannel]
    private let arrived = Mutex<Set<String>>([])

    init() {
        var channel = NoticeChannel(name: "ops", means: .command(["true"]))
        channel.severity = .info
        channels = [channel]
    }

    var notices: Set<String> { arrived.withLock { $0 } }

    func deliver(_ notice: Notice, to channel: NoticeChannel) async throws(DeliveryFailure) {
        arrived.withLock { _ = $0.insert(notice.id) }
    }
}
