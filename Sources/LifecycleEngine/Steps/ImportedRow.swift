// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

/// One row of a listing becomes, or changes, one record.
extension LifecycleEngine {
    /// Throws `ProviderError` or `RepositoryError` when the page has to be tried again, and anything else when the row
    /// cannot be understood.
    func take(_ row: OrderRow, into page: inout ImportPage, _ account: OpenedAccount) async throws {
        let name = account.record.name
        let grave = try await repository.tombstone(account: name, reference: row.order)
        if grave != nil, !page.run.options.again {
            page.run.report.deletedHere += 1
            return
        }
        let known = try await repository.order(account: name, reference: row.order)
        if let known, known.listedVersion == row.version, row.version != "" {
            page.run.report.unchanged += 1
            return
        }
        if let known, known.kind != .imported { return takeOurs(known, row, into: &page) }
        guard let snapshot = try await readOrder(row.order, into: &page, account) else { return }
        if known == nil, try await isOursInFlight(snapshot, account: name) {
            page.run.report.unchanged += 1
            return
        }
        guard let details = snapshot.details else {
            throw MaterialError("the CA does not say what the order is for")
        }
        var order = known ?? newImport(of: row, details, snapshot, account)
        order.details = details
        order.wording = snapshot.wording
        order.listedVersion = row.version
        order.validations = snapshot.validations
        order.updatedAt = time.now()
        if let grave { page.changes.deletes.append(.tombstone(grave)) }
        try await settle(&order, as: snapshot, into: &page, account)
        if known == nil { page.run.report.new += 1 } else { page.run.report.changed += 1 }
        page.changes.puts.append(.order(order))
    }

    /// What was placed here follows its own way; at its end, a change at the CA has its certificate looked at again.
    private func takeOurs(_ known: Order, _ row: OrderRow, into page: inout ImportPage) {
        guard known.phase == .completed, let certificate = known.certificate else {
            page.run.report.unchanged += 1
            return
        }
        var order = known
        order.listedVersion = row.version
        page.changes.puts.append(.order(order))
        page.changes.work.append(.put(checkWork(certificate, account: order.account, at: time.now())))
        page.run.report.changed += 1
    }

    /// `nil` when the CA refuses to show this one order: it is quarantined, and the import goes on.
    private func readOrder(
        _ reference: OrderReference, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws(ProviderError) -> OrderSnapshot? {
        let provider = account.provider
        page.run.report.calls += 1
        switch await read({ () async throws(ProviderError) in try await provider.order(reference) }) {
        case .success(let snapshot): return snapshot
        case .failure(let error):
            guard error.disposition == .rejected || error.disposition == .notFound else { throw error }
            page.quarantine(reference, error.description)
            return nil
        }
    }

    /// Whether the row is, or may be, an order of ours whose answer is awaited: its own lookup takes care of it.
    private func isOursInFlight(_ snapshot: OrderSnapshot, account: String) async throws(RepositoryError) -> Bool {
        if let key = snapshot.key { return try await repository.order(account: account, key: key) != nil }
        guard let name = snapshot.details?.commonName else { return false }
        var query = OrderQuery()
        query.account = account
        query.phases = [.submitting]
        query.name = NamePattern(name)
        query.limit = 1
        return try await !repository.orders(query).items.isEmpty
    }

    private func newImport(
        of row: OrderRow, _ details: OrderDetails, _ snapshot: OrderSnapshot, _ account: OpenedAccount
    ) -> Order {
        var order = Order(
            id: OrderID(newID("ord_")), account: account.record.name, provider: account.record.provider,
            kind: .imported, managed: ManagedCertificateID(newID("mgd_")), details: details,
            key: snapshot.key ?? OrderKey(""), createdAt: time.now())
        order.reference = row.order
        order.placedAt = details.placedAt
        return order
    }

    /// Where the CA says it is: at its end, or on its way and polled from now on.
    private func settle(
        _ order: inout Order, as snapshot: OrderSnapshot, into page: inout ImportPage, _ account: OpenedAccount
    ) async throws {
        let before = order.phase
        switch snapshot.state {
        case .rejected: order.phase = .rejected
        case .cancelled: order.phase = .cancelled
        case .awaitingValidation, .awaitingApproval, .processing, .readyToFinalize, .unrecognized:
            order.phase = .placed
            page.changes.work.append(.put(orderWork(order, .poll, at: time.now().advanced(by: .seconds(60)))))
        case .issued(let reference):
            order.phase = .completed
            order.certificateReference = reference
            if !page.run.options.withoutCertificates {
                try await takeCertificate(reference, of: &order, into: &page, account)
            }
        }
        if before != order.phase || order.revision == 0 {
            page.changes.journal.append(
                journal(.order(order.id), name: order.details.commonName, "imported", snapshot.wording))
        }
        if order.revision == 0 {
            var managed = ManagedCertificate(id: order.managed, account: order.account, createdAt: time.now())
            managed.current = order.certificate
            page.changes.puts.append(.managed(managed))
        } else if order.certificate != nil, var managed = try await repository.managed(order.managed) {
            managed.current = order.certificate
            page.changes.puts.append(.managed(managed))
        }
    }

    private func takeCertificate(
        _ reference: CertificateReference, of order: inout Order, into page: inout ImportPage,
        _ account: OpenedAccount
    ) async throws {
        let provider = account.provider
        page.run.report.calls += 1
        let snapshot: CertificateSnapshot
        switch await read({ () async throws(ProviderError) in try await provider.certificate(reference) }) {
        case .success(let answer): snapshot = answer
        case .failure(let error): throw error
        }
        // A revoked certificate can often no longer be collected: then the order alone is on record.
        guard let sent = snapshot.chain else { return }
        let chain = try material.arrange(sent, leaf: nil)
        guard let leaf = chain.certificates.first else { throw MaterialError("the CA sent an empty chain") }
        let facts = try material.facts(of: leaf)
        var certificate =
            try await repository.certificate(account: order.account, sha256: facts.sha256)
            ?? IssuedCertificate(
                id: CertificateID(newID("crt_")), account: order.account, managed: order.managed, order: order.id,
                reference: reference, facts: facts, chain: chain, createdAt: time.now())
        certificate.adopt(snapshot.state)
        if certificate.revision == 0, certificate.isLive(at: time.now()) {
            guard try await hasRoom(for: order, beside: page.kept) else {
                order.phase = .awaitingCapacity
                page.run.report.awaitingCapacity += 1
                page.changes.work.append(.put(orderWork(order, .collect, at: time.now().advanced(by: .seconds(3600)))))
                return
            }
            page.kept += 1
        }
        order.certificate = certificate.id
        if try await repository.key(facts.publicKey) != nil { page.run.report.withPrivateKey += 1 }
        page.changes.puts.append(.certificate(certificate))
    }

    func orderWork(_ order: Order, _ step: OrderStep, at due: Date) -> WorkItem {
        WorkItem(subject: .order(order.id), account: order.account, step: step.rawValue, due: due)
    }
}

extension IssuedCertificate {
    /// Takes over what the CA says of it.
    mutating func adopt(_ state: CertificateState) {
        switch state {
        case .valid, .expired: status = .valid
        case .replaced: status = .replaced
        case .revoked(let revocation):
            status = .revoked
            self.revocation = revocation
        case .unrecognized: break
        }
    }
}
