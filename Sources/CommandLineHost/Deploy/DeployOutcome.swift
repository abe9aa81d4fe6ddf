// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// Does what deployments need now, says what became of it, and tells it by the exit code.
struct DeployOutcome {
    let session: Session
    let composition: Composition

    func follow(_ ids: [DeploymentID], within seconds: Int) async throws(LifecycleError) -> ExitStatus {
        let end = ContinuousClock.now + .seconds(seconds)
        let watch = Watch(composition: composition, output: session.output)
        _ = try await watch.watch(limit: seconds, watch.describeNext()) { () async throws(RepositoryError) in
            for id in ids {
                guard try await settle(id, until: end) else { return false }
            }
            return true
        }
        var views: [DeploymentView] = []
        var status = ExitStatus.done
        for id in ids {
            let record = try await reading { () async throws(RepositoryError) in
                try await composition.repository.deployment(id)
            }
            guard let record else { continue }
            views.append(try await DeploymentView.load(record, composition.repository))
            status = status.worse(record.outcome)
        }
        try session.output.result(
            .object(["items": .list(views.map(\.json)), "next": .null]),
            text: views.isEmpty
                ? "nothing to deploy; see: publicca deploy status"
                : DeploymentView.table(views).text(width: session.output.width))
        session.tell(ofTrouble: views)
        return status
    }

    /// Until it rests, or a step has failed that only time or a person can mend. What serves the certificate may take a
    /// moment to show it.
    private func settle(_ id: DeploymentID, until end: ContinuousClock.Instant) async throws(RepositoryError) -> Bool {
        while true {
            try await composition.engine.pass(.deployment(id))
            guard let record = try await composition.repository.deployment(id), record.outcome == .pending,
                record.waitsUntil == nil
            else { return true }
            guard ContinuousClock.now < end, !Task.isCancelled else { return false }
            do {
                try await Task.sleep(for: .milliseconds(200))
            } catch {
                return false
            }
        }
    }
}

extension DeploymentRecord {
    /// What a command says of it by its exit code.
    var outcome: ExitStatus {
        let hasFailed = [DeploymentStep.publish, .reload, .announce].contains { steps[$0]?.problem != nil }
        if isTroubled || hasFailed { return .refused }
        return phase == .current || phase == .superseded ? .done : .pending
    }
}

extension Session {
    /// Says of each that needs a person what to do.
    func tell(ofTrouble views: [DeploymentView]) {
        for view in views where view.record.isTroubled {
            let record = view.record
            output.warning(
                "\(record.commonName) at \(record.target): \(record.problem ?? "in trouble"); "
                    + "when that is mended: publicca deploy run \(record.id)")
        }
    }
}
