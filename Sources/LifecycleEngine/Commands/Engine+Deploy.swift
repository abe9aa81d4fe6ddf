// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Where certificates are served, as this host is told.
    package var deploymentTargets: [DeploymentTarget] { deploying?.targets ?? [] }

    /// Does all steps of a deployment again and at once, whatever was given up, and lets go of an earlier version that was
    /// put back.
    ///
    /// Throws `notFound`, `configuration` when its target is not configured here, and `refused` when a newer certificate
    /// has its place.
    public func redeploy(_ id: DeploymentID) async throws(LifecycleError) -> DeploymentRecord {
        try await change(id, by: .retried(atOnce: true))
    }

    /// Puts an earlier version back, has it loaded and verified, and holds the target at it until a newer certificate
    /// comes or ``redeploy(_:)`` is called.
    ///
    /// - Parameter version: one of ``earlierVersion(of:)``.
    public func rollBack(_ id: DeploymentID, to version: HeldVersion) async throws(LifecycleError) -> DeploymentRecord {
        try await change(id, by: .rolledBack(version))
    }

    /// The version before the one that is in place. Throws `refused` when there is none, or when it is of no use.
    public func earlierVersion(of id: DeploymentID) async throws(LifecycleError) -> HeldVersion {
        let (record, target) = try await deployment(id)
        let versions: [PublishedVersion]
        do throws(DeploymentFailure) {
            versions = try deploying?.versions(of: target, for: record.commonName) ?? []
        } catch {
            throw LifecycleError(.refused, "what \(target.name) holds cannot be read: \(error.description)")
        }
        let end = versions.lastIndex(where: \.isCurrent) ?? versions.endIndex
        guard let version = versions[..<end].last else {
            throw LifecycleError(.refused, "\(target.name) keeps nothing earlier of \(record.commonName)")
        }
        let certificate = try await commanded {
            try await repository.certificate(account: record.account, sha256: version.sha256)
        }
        guard let certificate else {
            throw LifecycleError(
                .refused, "what \(target.name) kept as \(version.name) is of a certificate that is not on record here")
        }
        let status = certificate.status(at: time.now())
        guard status == .valid || status == .replaced else {
            throw LifecycleError(.refused, "\(certificate.id), which \(target.name) had before, is \(status.rawValue)")
        }
        return HeldVersion(version: version, certificate: certificate.id)
    }

    private func change(
        _ id: DeploymentID, by event: DeploymentEvent
    ) async throws(LifecycleError) -> DeploymentRecord {
        try await decided {
            let (record, target) = try await deployment(id)
            guard record.phase != .superseded else {
                throw LifecycleError(.refused, "\(id) is \(record.problem ?? "superseded")")
            }
            var changes = ChangeSet()
            try await apply(event, to: record, at: target, in: &changes)
            try await repository.commit(changes)
            return try await deployment(id).0
        }
    }

    private func deployment(_ id: DeploymentID) async throws(LifecycleError) -> (DeploymentRecord, DeploymentTarget) {
        guard let record = try await commanded({ try await repository.deployment(id) }) else {
            throw LifecycleError(.notFound, "there is no deployment \(id)", hint: "see: publicca deploy status")
        }
        guard let target = deploymentTargets.first(where: { $0.name == record.target }) else {
            throw LifecycleError(
                .configuration, "target \"\(record.target)\" is not configured",
                hint: "add it under deployments in config.yaml")
        }
        return (record, target)
    }
}
