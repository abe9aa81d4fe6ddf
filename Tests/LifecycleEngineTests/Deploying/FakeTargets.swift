// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import Synchronization

/// Targets in memory: what is published is served as soon as a reload has come after it.
final class FakeTargets: Deploying {
    private struct State {
        var targets: [DeploymentTarget]
        var calls: [String] = []
        var failures: [DeploymentStep: [DeploymentFailure]] = [:]
        var versions: [String: [PublishedVersion]] = [:]
        var loaded: [String: String] = [:]
        var changes: [DeploymentChange] = []
        var during: [DeploymentStep: @Sendable () async -> Void] = [:]
    }

    private let state: Mutex<State>

    init(_ targets: DeploymentTarget...) { state = Mutex(State(targets: targets)) }

    var targets: [DeploymentTarget] {
        get { state.withLock { $0.targets } }
        set { state.withLock { $0.targets = newValue } }
    }

    /// What was called, such as `publish web`.
    var calls: [String] { state.withLock { $0.calls } }
    /// What commands and webhooks were told.
    var changes: [DeploymentChange] { state.withLock { $0.changes } }

    func calls(_ step: DeploymentStep) -> Int { calls.count { $0.hasPrefix(step.rawValue) } }

    /// The next calls of a step fail, one after the other.
    func fail(_ step: DeploymentStep, _ failures: DeploymentFailure...) {
        state.withLock { $0.failures[step, default: []] += failures }
    }

    /// Happens within the next call of a step.
    func during(_ step: DeploymentStep, _ action: @escaping @Sendable () async -> Void) {
        state.withLock { $0.during[step] = action }
    }

    /// Somebody else has changed what is served.
    func serve(_ sha256: String, at target: String, for name: String) {
        state.withLock { $0.loaded["\(target) \(name)"] = sha256 }
    }

    func served(at target: String, for name: String = "www.example.org") -> String? {
        state.withLock { $0.loaded["\(target) \(name)"] }
    }

    private func called(_ step: DeploymentStep, _ word: String) async throws(DeploymentFailure) {
        let (failure, action) = state.withLock { state in
            state.calls.append(word)
            let action = state.during.removeValue(forKey: step)
            guard state.failures[step]?.isEmpty == false else { return (DeploymentFailure?.none, action) }
            return (state.failures[step]?.removeFirst(), action)
        }
        await action?()
        if let failure { throw failure }
    }

    func publish(
        _ certificate: DeployableCertificate, to target: DeploymentTarget
    ) async throws(DeploymentFailure) -> PublishedVersion {
        try await called(.publish, "publish \(target.name)")
        return state.withLock { state in
            var kept = state.versions["\(target.name) \(certificate.commonName)"] ?? []
            for index in kept.indices { kept[index].isCurrent = kept[index].sha256 == certificate.sha256 }
            if !kept.contains(where: \.isCurrent) {
                kept.append(
                    PublishedVersion(name: "v\(kept.count + 1)", sha256: certificate.sha256, isCurrent: true))
            }
            state.versions["\(target.name) \(certificate.commonName)"] = kept
            return PublishedVersion(name: "v\(kept.count)", sha256: certificate.sha256, isCurrent: true)
        }
    }

    func versions(of target: DeploymentTarget, for commonName: String) throws(DeploymentFailure) -> [PublishedVersion] {
        state.withLock { $0.versions["\(target.name) \(commonName)"] ?? [] }
    }

    func restore(
        _ version: PublishedVersion, of target: DeploymentTarget, for commonName: String
    ) async throws(DeploymentFailure) {
        try await called(.publish, "restore \(target.name) \(version.name)")
        state.withLock { state in
            var kept = state.versions["\(target.name) \(commonName)"] ?? []
            for index in kept.indices { kept[index].isCurrent = kept[index].name == version.name }
            state.versions["\(target.name) \(commonName)"] = kept
        }
    }

    func reload(_ target: DeploymentTarget, after change: DeploymentChange) async throws(DeploymentFailure) {
        try await called(.reload, "reload \(target.name)")
        state.withLock { state in
            let name = "\(target.name) \(change.commonName)"
            state.loaded[name] = state.versions[name]?.first(where: \.isCurrent)?.sha256
        }
    }

    func announce(_ change: DeploymentChange, to target: DeploymentTarget) async throws(DeploymentFailure) {
        try await called(.announce, "announce \(target.name)")
        state.withLock { $0.changes.append(change) }
    }

    func fingerprint(
        servedBy endpoint: DeploymentTarget.Endpoint, for commonName: String
    ) async throws(DeploymentFailure) -> String {
        try await called(.verify, "verify \(endpoint.host)")
        guard let shown = served(at: endpoint.host, for: commonName) else {
            throw DeploymentFailure("connection refused")
        }
        return shown
    }
}
