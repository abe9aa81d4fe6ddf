// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// What a deployment does in the world, a step at a time.
extension LifecycleEngine {
    func publish(
        _ record: DeploymentRecord, to target: DeploymentTarget, _ deploying: any Deploying
    ) async throws(RepositoryError) -> DeploymentEvent {
        if let held = record.held {
            return await event(.publish) { () async throws(DeploymentFailure) in
                try await deploying.restore(held.version, of: target, for: record.commonName)
            }
        }
        switch try await deployable(record) {
        case .failure(let failure): return .failed(.publish, failure)
        case .success(let certificate):
            return await event(.publish) { () async throws(DeploymentFailure) in
                _ = try await deploying.publish(certificate, to: target)
            }
        }
    }

    func reload(
        _ record: DeploymentRecord, at target: DeploymentTarget, _ deploying: any Deploying
    ) async -> DeploymentEvent {
        await event(.reload) { () async throws(DeploymentFailure) in
            try await deploying.reload(target, after: record.change(at: target))
        }
    }

    func announce(
        _ record: DeploymentRecord, to target: DeploymentTarget, _ deploying: any Deploying
    ) async -> DeploymentEvent {
        await event(.announce) { () async throws(DeploymentFailure) in
            try await deploying.announce(record.change(at: target), to: target)
        }
    }

    func verify(
        _ record: DeploymentRecord, at target: DeploymentTarget, _ deploying: any Deploying
    ) async -> DeploymentEvent {
        guard let endpoint = target.endpoint else { return .configured }
        do throws(DeploymentFailure) {
            let shown = try await deploying.fingerprint(servedBy: endpoint, for: record.commonName).lowercased()
            return shown == record.expectedSHA256 ? .succeeded(.verify) : .showsOther(shown)
        } catch {
            return .failed(.verify, error)
        }
    }

    private func event(
        _ step: DeploymentStep, _ act: () async throws(DeploymentFailure) -> Void
    ) async -> DeploymentEvent {
        do throws(DeploymentFailure) {
            try await act()
            return .succeeded(step)
        } catch {
            return .failed(step, error)
        }
    }

    /// Opens key and keystore password, here and nowhere else on the way.
    private func deployable(
        _ record: DeploymentRecord
    ) async throws(RepositoryError) -> Result<DeployableCertificate, DeploymentFailure> {
        guard let certificate = try await repository.certificate(record.wanted),
            let managed = try await repository.managed(record.managed)
        else { return .failure(DeploymentFailure("\(record.wanted) is not on record any more", mayPass: false)) }
        let status = certificate.status(at: time.now())
        guard status == .valid else {
            return .failure(DeploymentFailure("\(certificate.id) is \(status.rawValue)", mayPass: false))
        }
        do throws(LifecycleError) {
            return .success(
                DeployableCertificate(
                    commonName: record.commonName, sha256: record.sha256, chain: certificate.chain,
                    key: try await privateKey(of: certificate), password: try keystorePassword(of: managed)))
        } catch {
            return .failure(DeploymentFailure(error.description, mayPass: error.code != .notFound))
        }
    }
}
