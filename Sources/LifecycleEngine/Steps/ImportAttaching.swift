// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// The certificate of an imported order comes along, where the CA hands it out and there is room.
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
                try await adopt(snapshot, for: order, into: &page)
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
        _ snapshot: CertificateSnapshot, for order: Order, into page: inout ImportPage
    ) async throws(RepositoryError) {
        guard let id = order.certificate, var certificate = try await repository.certificate(id),
            snapshot.serialNumber == nil || snapshot.serialNumber == certificate.facts.serialNumber
        else { return }
        let before = certificate
        certificate.adopt(snapshot.state)
        if certificate != before { page.put(certificate) }
        if certificate.status != before.status {
            page.changes.journal.append(
                journal(
                    .certificate(id), name: certificate.facts.commonName, certificate.status.rawValue,
                    snapshot.wording))
        }
    }

    private func attach(
        _ sent: CertificateChain, _ snapshot: CertificateSnapshot, to order: inout Order, into page: inout ImportPage,
        _ account: OpenedAccount
    ) async throws {
        guard let reference = order.certificateReference else { return }
        let chain = try material.arrange(sent, leaf: nil)
        guard let leaf = chain.certificates.first else { throw MaterialError("the CA sent an empty chain") }
        let facts = try material.facts(of: leaf)
        var known = page.certificates[facts.sha256]
        if known == nil { known = try await repository.certificate(account: order.account, sha256: facts.sha256) }
        var certificate =
            known
            ?? IssuedCertificate(
                id: CertificateID(newID("crt_")), account: order.account, managed: order.managed, order: order.id,
                reference: reference, facts: facts, chain: chain, createdAt: time.now())
        certificate.adopt(snapshot.state)
        if known == nil, certificate.isLive(at: time.now()) {
            guard try await hasRoom(for: order, beside: page.kept) else {
                return try wait(&order, into: &page, account)
            }
            page.kept += 1
        }
        if let former = order.certificate, former != certificate.id,
            let ended = try await superseded(former, by: certificate, order.kind, account)
        {
            page.put(ended)
        }
        page.put(certificate)
        order.certificate = certificate.id
        order.isCertificateUnread = false
        if try await repository.key(facts.publicKey) != nil { page.run.report.withPrivateKey += 1 }
        if order.revision > 0, var managed = try await repository.managed(order.managed) {
            managed.current = certificate.id
            page.changes.puts.append(.managed(managed))
        }
    }

    /// The inventory is full.
    private func wait(_ order: inout Order, into page: inout ImportPage, _ account: OpenedAccount) throws {
        if order.revision == 0 {
            order.phase = .awaitingCapacity
            order.problem = Order.fullInventory
        } else {
            _ = try receive(.noRoom, for: &order, account.policy)
        }
        page.run.report.awaitingCapacity += 1
        page.changes.work.append(.put(orderWork(order, .collect, at: time.now().advanced(by: .seconds(3600)))))
    }
}
