// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
import PublicCA

extension LifecycleEngine {
    /// Drops our records of an order and of its certificate. The CA's stay, and nothing is revoked. Imports pass over
    /// it from now on. The private key stays, sealed: a record can come back, a key cannot.
    ///
    /// Throws `refused` for an order that is not finished.
    public func delete(_ id: OrderID) async throws(LifecycleError) {
        try await decided {
            let order = try await order(id)
            guard order.phase.isFinal else {
                throw LifecycleError(
                    .refused, "\(id) is \(order.phase.rawValue), and only a finished order can be deleted",
                    hint: order.phase == .stuck ? "resolve it first" : "cancel it first")
            }
            if let certificate = order.certificate, let running = try await unfinished(after: certificate) {
                throw LifecycleError(.refused, "\(running) for its certificate is not finished", hint: "wait for it")
            }
            try await bury(order)
        }
    }

    /// Drops our record of a certificate, and of its order as ``delete(_:)-(OrderID)`` does, unless the order has led to
    /// another certificate since.
    public func delete(_ id: CertificateID) async throws(LifecycleError) {
        let order = try await commanded { try await repository.order(try await certificate(id).order) }
        if let order, order.certificate == id { return try await delete(order.id) }
        try await decided {
            let certificate = try await certificate(id)
            if let running = try await unfinished(after: id) {
                throw LifecycleError(.refused, "\(running) for it is not finished", hint: "wait for it")
            }
            var changes = ChangeSet()
            try await bury(certificate, succeeding: nil, in: &changes)
            try await repository.commit(changes)
        }
    }

    private func unfinished(after certificate: CertificateID) async throws(RepositoryError) -> String? {
        if let successor = try await repository.unfinishedSuccessor(of: certificate) { return "\(successor.id)" }
        if let revocation = try await repository.revocation(of: certificate), !revocation.phase.isFinal {
            return "\(revocation.id)"
        }
        return nil
    }

    private func bury(_ order: Order) async throws(RepositoryError) {
        var changes = ChangeSet()
        changes.deletes = [.order(order)]
        changes.work = [.remove(.order(order.id), task: WorkItem.life)]
        if let id = order.certificate, let certificate = try await repository.certificate(id) {
            try await bury(certificate, succeeding: order.predecessor, in: &changes)
        }
        if let reference = order.reference, !order.isReferencePassedOn {
            let known = try await repository.tombstone(account: order.account, reference: reference)
            if known == nil {
                changes.puts.append(
                    .tombstone(Tombstone(account: order.account, reference: reference, deletedAt: time.now())))
            }
        }
        let stays = order.reference.map { "; the CA's stays as \($0)" } ?? ""
        changes.journal.append(
            journal(.order(order.id), name: order.details.commonName, "deleted", "our record only\(stays)"))
        try await repository.commit(changes)
    }

    /// What it succeeded is the newest again: it can be renewed, and answers to its name.
    private func bury(
        _ certificate: IssuedCertificate, succeeding former: CertificateID?, in changes: inout ChangeSet
    ) async throws(RepositoryError) {
        let id = certificate.id
        changes.deletes.append(.certificate(certificate))
        changes.work += [WorkItem.life, Self.renewalTask, Self.deploy].map { .remove(.certificate(id), task: $0) }
        changes.journal.append(
            journal(
                .certificate(id), name: certificate.facts.commonName, "deleted",
                "our record only; the CA's stays as \(certificate.reference)"))
        changes.work += try await callIn()
        var current: CertificateID?
        if let former, var predecessor = try await repository.certificate(former), predecessor.successor == id {
            predecessor.successor = nil
            changes.puts.append(.certificate(predecessor))
            changes.work += deploymentWork(for: predecessor)
            current = former
            changes.work.append(.put(renewalWork(predecessor, .plan, at: time.now())))
        }
        if var managed = try await repository.managed(certificate.managed), managed.current == id {
            managed.current = current
            managed.renewal = nil
            changes.puts.append(.managed(managed))
            if current == nil {
                try await releaseDeployments(of: managed.id, because: "\(id) was deleted here", in: &changes)
            }
        }
    }
}
