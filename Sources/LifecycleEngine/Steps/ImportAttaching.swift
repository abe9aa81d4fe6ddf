// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// The certificate of an order comes along, where the CA hands it out and there is room.
extension LifecycleEngine {
    func attach(
        _ row: ImportedRow, to order: inout Order, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws {
        switch row.certificate {
        case nil:
            order.isCertificateUnread = order.certificate == nil
            guard let known = order.certificate else { return }
            page.changes.work.append(.put(checkWork(known, account: order.account, at: time.now())))
        case .success(let snapshot):
            if let sent = snapshot.chain {
                try await attach(sent, snapshot, to: &order, into: &page, account)
            } else {
                // A revoked certificate can often no longer be collected: then what is here learns of it.
                order.isCertificateUnread = false
                try await adopt(snapshot, for: order, into: &page, account)
            }
        case .failure(let error):
            switch error.disposition {
            case .account: throw error
            case .rejected, .notFound: throw MaterialError(error.description)
            case .transient, .ambiguous:
                // Not handed out at the moment. An order that is new here is read again by itself; a known one by the
                // next import, since this one does not remember that it met it.
                if order.revision == 0 { order.phase = .placed } else { order.listedVersion = nil }
            }
        }
    }

    private func adopt(
        _ snapshot: CertificateSnapshot, for order: Order, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws(RepositoryError) {
        guard let id = order.certificate, let certificate = try await repository.certificate(id) else { return }
        page.take(try await outcome(of: certificate, shownAs: snapshot, account))
    }

    private func attach(
        _ sent: CertificateChain, _ snapshot: CertificateSnapshot, to order: inout Order, into page: inout ImportPage,
        _ account: OpenedAccount
    ) async throws {
        guard let reference = order.certificateReference else { return }
        let fresh = try shown(sent, of: order, as: reference)
        var known = page.certificates[fresh.facts.sha256]
        if known == nil {
            known = try await repository.certificate(account: order.account, sha256: fresh.facts.sha256)
        }
        var certificate = known ?? fresh
        var former: IssuedCertificate?
        if let id = order.certificate, id != certificate.id {
            // One that is shown again after its successor, and one that a reissue of ours may have brought about, are
            // read again by the next import.
            guard certificate.successor == nil, try await repository.unfinishedSuccessor(of: id) == nil else {
                return order.listedVersion = nil
            }
            former = try await repository.certificate(id)
        }
        certificate.adopt(snapshot.state)
        if known == nil, certificate.isLive(at: time.now()) {
            guard try await hasRoom(for: order, beside: page.kept) else {
                return try wait(&order, until: certificate.facts.notAfter, into: &page, account)
            }
            page.kept += 1
        }
        if let former { page.take(try await replacement(of: former, by: certificate, in: order, account)) }
        if certificate != known { page.put(certificate) }
        if order.revision == 0 { page.changes.work += deploymentWork(for: certificate) }
        if let known, known.status != certificate.status {
            page.changes.journal.append(
                journal(
                    .certificate(certificate.id), name: certificate.facts.commonName, certificate.status.rawValue,
                    snapshot.wording, answer: snapshot.answer))
            page.changes.work += try await replanning(certificate, knownAs: known)
        }
        if certificate.id != order.certificate, try await repository.key(certificate.facts.publicKey) != nil {
            page.run.report.withPrivateKey += 1
        }
        if order.revision > 0, order.certificate == nil, var managed = try await repository.managed(order.managed) {
            let follows = try await succeed(in: &managed, by: certificate, of: order, account.record)
            page.changes.puts += [.managed(managed)] + follows.puts
            page.changes.work += follows.work
        }
        order.certificate = certificate.id
        order.isCertificateUnread = false
    }

    /// The inventory is full.
    private func wait(
        _ order: inout Order, until end: Date, into page: inout ImportPage, _ account: OpenedAccount
    ) throws {
        if order.revision == 0 {
            order.phase = .awaitingCapacity
            order.waitingCertificateEndsAt = end
            order.problem = Order.fullInventory
        } else {
            _ = try receive(.noRoom(endsAt: end), for: &order, account.policy)
        }
        page.run.report.awaitingCapacity += 1
        page.changes.work.append(.put(orderWork(order, .collect, at: time.now().advanced(by: .seconds(3600)))))
    }
}

extension ImportPage {
    fileprivate mutating func take(_ outcome: ChangeSet) {
        for put in outcome.puts {
            if case .certificate(let certificate) = put { self.put(certificate) } else { changes.puts.append(put) }
        }
        changes.work += outcome.work
        changes.journal += outcome.journal
    }
}
