// SPDX-License-Identifier: Apache-2.0

public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Brings records and configuration together: every certificate in force gets its way to each target that takes it,
    /// and the ways to targets that are gone end. To be called at start, and when the configuration has changed.
    ///
    /// Repeatable. Returns what has begun by it.
    @discardableResult
    public func reconcileDeployments() async throws(LifecycleError) -> [DeploymentID] {
        guard let deploying else { return [] }
        var begun: [DeploymentID] = []
        for target in deploying.targets {
            for pattern in target.certificates { begun += try await reconcile(pattern, with: target) }
        }
        try await releaseGone(deploying.targets)
        return begun
    }

    private func reconcile(
        _ pattern: NamePattern, with target: DeploymentTarget
    ) async throws(LifecycleError) -> [DeploymentID] {
        var query = CertificateQuery()
        query.name = pattern
        query.statuses = [.valid]
        query.withoutSuccessor = true
        var begun: [DeploymentID] = []
        repeat {
            let wanted = query
            let page = try await commanded { try await repository.certificates(wanted) }
            for certificate in page.items where !Task.isCancelled {
                begun += try await decided {
                    var changes = ChangeSet()
                    try await want(certificate, at: target, in: &changes)
                    if !changes.puts.isEmpty { try await repository.commit(changes) }
                    return changes.puts.compactMap(\.activeDeployment)
                }
            }
            query.after = page.next
        } while query.after != nil && !Task.isCancelled
        return begun
    }

    /// A certificate that has lost the name for which a target took it is gone from there, too.
    private func releaseGone(_ targets: [DeploymentTarget]) async throws(LifecycleError) {
        for record in try await commanded({ try await everyDeployment(DeploymentQuery()) }) {
            try await decided {
                guard let record = try await repository.deployment(record.id) else { return }
                var changes = ChangeSet()
                if let target = targets.first(where: { $0.name == record.target }) {
                    let current = try await repository.managed(record.managed)?.current
                    guard let current, let certificate = try await repository.certificate(current),
                        !target.takes(certificate)
                    else { return }
                    release(record, because: "the target does not take it any more", in: &changes)
                } else {
                    release(record, because: "there is no such target any more", in: &changes)
                }
                try await repository.commit(changes)
            }
        }
    }
}

extension StoredRecord {
    /// What is on its way by this.
    fileprivate var activeDeployment: DeploymentID? {
        guard case .deployment(let record) = self, record.phase != .superseded else { return nil }
        return record.id
    }
}
