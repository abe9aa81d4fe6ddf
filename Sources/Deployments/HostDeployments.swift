// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
package import LifecycleModel
package import PublicCA

/// Deployments to this host's files and programs.
///
/// What is served lies in versions, in a folder beside the path that servers are told, and that path is a symbolic link to
/// one of them. Changing the link is one step, so whoever follows it once, as a server does that changes into the folder or
/// opens a keystore, has one version and never parts of two. A server that opens two files by their whole paths just then
/// may meet two versions, and is put right by the reload that follows.
package struct HostDeployments: Deploying {
    package let targets: [DeploymentTarget]
    /// Where a target's own password is, opened.
    let secrets: @Sendable (SecretSource) throws(DeploymentFailure) -> Secret
    /// Of webhooks.
    let transport: any HTTPTransport
    let now: @Sendable () -> Date
    /// Where reload commands are looked for, and look for others.
    let searchPath: String
    /// Of connecting and of the handshake together.
    let handshakeLimit: Duration

    package init(
        targets: [DeploymentTarget], transport: any HTTPTransport,
        searchPath: String = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        handshakeLimit: Duration = .seconds(10), now: @escaping @Sendable () -> Date = { Date() },
        secrets: @escaping @Sendable (SecretSource) throws(DeploymentFailure) -> Secret
    ) {
        self.targets = targets
        self.transport = transport
        self.searchPath = searchPath
        self.handshakeLimit = handshakeLimit
        self.now = now
        self.secrets = secrets
    }

    package func publish(
        _ certificate: DeployableCertificate, to target: DeploymentTarget
    ) async throws(DeploymentFailure) -> PublishedVersion {
        let versions = try Versions(target, certificate.commonName)
        let unit = try Unit(
            certificate, for: target, at: versions.place, password: password(of: certificate, for: target))
        return try versions.alone { () throws(DeploymentFailure) in
            let name =
                if let there = try versions.name(of: unit) { there } else { try versions.write(unit, at: now()) }
            if try versions.current() != name { try versions.serve(name) }
            versions.prune(keeping: target.keptVersions)
            return PublishedVersion(name: name, sha256: unit.sha256, isCurrent: true)
        }
    }

    package func versions(
        of target: DeploymentTarget, for commonName: String
    ) throws(DeploymentFailure) -> [PublishedVersion] {
        try Versions(target, commonName).all()
    }

    package func restore(
        _ version: PublishedVersion, of target: DeploymentTarget, for commonName: String
    ) async throws(DeploymentFailure) {
        let versions = try Versions(target, commonName)
        guard try versions.all().contains(where: { $0.name == version.name }) else {
            throw DeploymentFailure("\(versions.place.path) has no version \(version.name) any more", mayPass: false)
        }
        try versions.alone { () throws(DeploymentFailure) in try versions.serve(version.name) }
    }

    private func password(
        of certificate: DeployableCertificate, for target: DeploymentTarget
    ) throws(DeploymentFailure) -> Secret? {
        guard case .keystore(_, let format, let source) = target.place, format.needsPassword else { return nil }
        if let source { return try secrets(source) }
        guard let password = certificate.password else {
            throw DeploymentFailure(
                "there is no password for the keystore of target \(target.name): give it one, or \(certificate.commonName) a keystore with one",
                mayPass: false)
        }
        return password
    }
}
