// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// Certificates, and the places where they are to be served, brought together.
///
/// The work of it belongs to no account: what is here is served, whether or not its CA lets us in today.
extension LifecycleEngine {
    static let deploy = "deploy"
    static let announce = "announce"

    /// What follows when a kept certificate gets a new current one: nothing where no target takes it.
    func deploymentWork(for certificate: IssuedCertificate) -> [WorkChange] {
        guard let deploying, certificate.isLive(at: time.now()),
            deploying.targets.contains(where: { $0.takes(certificate) })
        else { return [] }
        let subject = Subject.certificate(certificate.id)
        return [.put(WorkItem(subject: subject, task: Self.deploy, account: "", step: Self.deploy, due: time.now()))]
    }

    /// Puts the wish to serve a certificate on record, at each target that takes it.
    func stepDeploy(_ item: WorkItem) async throws(RepositoryError) {
        guard let deploying else { return try await leave(item) }
        guard let certificate = try await repository.certificate(CertificateID(item.subject.id)) else {
            return try await drop(item)
        }
        var changes = ChangeSet()
        changes.claimed = item
        changes.work = [.remove(item.subject, task: item.task)]
        for target in deploying.targets where target.takes(certificate) {
            try await want(certificate, at: target, in: &changes)
        }
        try await repository.commit(changes)
        emit(.stepped(item.subject, step: item.step, note: "brought to its targets"))
    }

    /// Has a certificate served at a target, where it is the current one of what is kept. Of two that are kept apart and
    /// have one place, the newest is served.
    func want(
        _ certificate: IssuedCertificate, at target: DeploymentTarget, in changes: inout ChangeSet
    ) async throws(RepositoryError) {
        let now = time.now()
        guard certificate.isLive(at: now), try await repository.managed(certificate.managed)?.current == certificate.id
        else { return }
        let known = try await repository.deployment(target: target.name, managed: certificate.managed)
        if let known, known.wanted == certificate.id, known.phase != .superseded {
            guard try await stands(known, at: target) else { return }
            return try await apply(.configured, to: known, at: target, in: &changes)
        }
        var record =
            known
            ?? DeploymentRecord(
                id: DeploymentID(newID("dep_")), target: target.name, certificate: certificate, createdAt: now)
        var newest = certificate
        var others: [DeploymentRecord] = []
        for rival in try await rivals(of: record, at: target) {
            others.append(rival)
            if let wanted = try await repository.certificate(rival.wanted), wanted.isLive(at: now),
                wanted.isNewer(than: newest)
            {
                newest = wanted
            }
        }
        guard newest.id == certificate.id else {
            guard known?.phase != .superseded else { return }
            return try await apply(.superseded(by: newest.id), to: record, at: target, in: &changes)
        }
        if known == nil { record.inPlace = others.lazy.filter { $0.phase != .superseded }.compactMap(\.inPlace).first }
        for rival in others where rival.phase != .superseded {
            try await apply(.superseded(by: certificate.id), to: rival, at: target, in: &changes)
        }
        let event = DeploymentEvent.wanted(certificate.id, sha256: certificate.facts.sha256)
        try await apply(event, to: record, at: target, in: &changes)
    }

    /// What stands still although there is something to do: its target has changed, or its work got lost.
    private func stands(
        _ record: DeploymentRecord, at target: DeploymentTarget
    ) async throws(RepositoryError) -> Bool {
        guard record.phase != .stuck else { return false }
        guard record.phase == .publishing || record.isInPlace(at: target) else { return true }
        guard record.nextStep(at: target) != nil else { return record.phase != .current }
        return try await repository.work(.deployment(record.id), task: WorkItem.life) == nil
    }

    /// Other deployments that write to the same place.
    private func rivals(
        of record: DeploymentRecord, at target: DeploymentTarget
    ) async throws(RepositoryError) -> [DeploymentRecord] {
        let path = target.path(for: record.commonName)
        guard path != target.place.path else {
            var query = DeploymentQuery()
            query.target = target.name
            return try await everyDeployment(query).filter { $0.managed != record.managed }
        }
        var rivals: [DeploymentRecord] = []
        var query = CertificateQuery()
        query.name = NamePattern(exactly: record.commonName)
        query.statuses = [.valid]
        query.withoutSuccessor = true
        repeat {
            let page = try await repository.certificates(query)
            for other in page.items
            where other.managed != record.managed && target.path(for: other.facts.commonName) == path {
                if let rival = try await repository.deployment(target: target.name, managed: other.managed) {
                    rivals.append(rival)
                }
            }
            query.after = page.next
        } while query.after != nil
        return rivals
    }

    func everyDeployment(_ query: DeploymentQuery) async throws(RepositoryError) -> [DeploymentRecord] {
        var query = query
        var records: [DeploymentRecord] = []
        repeat {
            let page = try await repository.deployments(query)
            records += page.items
            query.after = page.next
        } while query.after != nil
        return records
    }
}

extension IssuedCertificate {
    fileprivate func isNewer(than other: IssuedCertificate) -> Bool {
        (facts.notBefore, id.rawValue) > (other.facts.notBefore, other.id.rawValue)
    }
}
