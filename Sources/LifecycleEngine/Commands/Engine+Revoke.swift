// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import LifecycleModel
public import PublicCA

extension LifecycleEngine {
    /// Puts the wish to end a certificate on record, and asks no CA yet.
    ///
    /// Repeatable: an unfinished revocation of the same certificate is returned. Throws `refused` when it is revoked
    /// already, and `badInput` for a reason that a subscriber may not give.
    public func revoke(
        _ id: CertificateID, reason: RevocationReason, comments: String
    ) async throws(LifecycleError) -> RevocationRecord {
        guard RevocationReason.requestable.contains(reason) else {
            let names = RevocationReason.requestable.map(\.name).joined(separator: ", ")
            throw LifecycleError(
                .badInput, "reason \(reason.name) is for the CA to give", hint: "choose one of \(names)")
        }
        guard !comments.isEmpty, comments.count <= 512 else {
            throw LifecycleError(.badInput, "a revocation needs comments of 1 to 512 characters")
        }
        return try await decided {
            let certificate = try await certificate(id)
            let last = try await repository.revocation(of: id)
            if let last, !last.phase.isFinal {
                return last.phase == .stuck ? try await retry(last) : try await hasten(last)
            }
            let status = certificate.status(at: time.now())
            guard status == .valid || status == .replaced else {
                throw LifecycleError(.refused, "\(id) is \(status.rawValue) already")
            }
            try await account(named: certificate.account).permit(.revoke)
            return try await request(
                RevocationRequest(
                    certificate: certificate.reference, serialNumber: certificate.facts.serialNumber,
                    leaf: CertificateChain(certificates: Array(certificate.chain.certificates.prefix(1))),
                    reason: reason, comments: comments),
                for: certificate, after: last)
        }
    }

    /// - Parameter last: the refused wish that this one follows, which nobody has to be told of any more.
    private func request(
        _ request: RevocationRequest, for certificate: IssuedCertificate, after last: RevocationRecord?
    ) async throws -> RevocationRecord {
        var revocation = RevocationRecord(
            id: RevocationID(newID("rev_")), account: certificate.account, certificate: certificate.id,
            request: request, createdAt: time.now())
        var changes = ChangeSet()
        // Read together with the certificate: whoever has had it revoked meanwhile was faster.
        changes.puts = [.revocation(revocation), .certificate(certificate)]
        if var last {
            last.isFollowed = true
            changes.puts.append(.revocation(last))
        }
        changes.work = [.put(sendWork(of: revocation))]
        changes.journal = [
            journal(
                .revocation(revocation.id), name: certificate.facts.commonName, "requested",
                "revoke \(certificate.id): \(request.reason.name), \(request.comments)")
        ]
        try await repository.commit(changes)
        revocation.revision = 1
        return revocation
    }

    private func retry(_ stuck: RevocationRecord) async throws -> RevocationRecord {
        var revocation = stuck
        let decision = try revocation.receive(.retried, at: time.now(), policy: OrderPolicy())
        var changes = ChangeSet()
        changes.puts = [.revocation(revocation)]
        changes.work = [.put(sendWork(of: revocation))]
        changes.journal = [journal(.revocation(revocation.id), name: nil, "requested", decision.note)]
        try await repository.commit(changes)
        revocation.revision += 1
        return revocation
    }

    /// Who asks again does not want to wait for the next turn.
    private func hasten(_ running: RevocationRecord) async throws -> RevocationRecord {
        var changes = ChangeSet()
        changes.work = [.hasten(.revocation(running.id), task: WorkItem.life, to: time.now())]
        try await repository.commit(changes)
        return running
    }

    private func sendWork(of revocation: RevocationRecord) -> WorkItem {
        WorkItem(
            subject: .revocation(revocation.id), account: revocation.account, step: RevocationStep.send.rawValue,
            due: time.now())
    }

    /// A certificate by its id.
    func certificate(_ id: CertificateID) async throws(LifecycleError) -> IssuedCertificate {
        try await commanded {
            guard let certificate = try await repository.certificate(id) else {
                throw LifecycleError(.notFound, "there is no certificate \(id)", hint: "see: publicca certificate list")
            }
            return certificate
        }
    }
}
