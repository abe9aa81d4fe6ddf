// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCATesting
import RepositoryTesting

/// What has to hold when everything rests, whatever went wrong before.
extension Life {
    func inspect(as stage: Stage) async throws {
        let orders = try await surroundings.repository.orders(OrderQuery()).items
        let certificates = try await surroundings.repository.certificates(CertificateQuery()).items
        let ours = certificates.filter { one in orders.contains { $0.id == one.order && $0.isOurs } }
        inspectPurchases(orders, ours)
        if scenario.hasKeys {
            for certificate in ours { await inspectKey(of: certificate, stage) }
        }
        for order in orders { try await inspect(order) }
        for certificate in certificates { try await inspectRevocation(of: certificate) }
        try await inspectWork(certificates)
        try await inspectJournal(orders)
        for finding in try await scenario.afterwards(stage) { ledger.find(finding) }
    }

    private func inspectPurchases(_ orders: [Order], _ certificates: [IssuedCertificate]) {
        let bought = surroundings.ca.placedOrders.count
        if bought > scenario.bought { ledger.find("bought \(bought), wanted \(scenario.bought)") }
        // Where the CA cannot be asked, a person has to: each that is missing is one order that says so.
        let stuck = scenario.locates ? 0 : orders.count { $0.phase == .stuck }
        if bought + stuck < scenario.bought { ledger.find("bought \(bought), wanted \(scenario.bought)") }
        if certificates.count > scenario.certificates || certificates.count + stuck < scenario.certificates {
            ledger.find("\(certificates.count) certificates are here, wanted \(scenario.certificates)")
        }
    }

    private func inspectKey(of certificate: IssuedCertificate, _ stage: Stage) async {
        do {
            let key = try await stage.engine.privateKey(of: certificate)
            if try Material().key(key.der).publicKey != certificate.facts.publicKey {
                ledger.find("a certificate's key does not fit")
            }
        } catch {
            ledger.find("a certificate's key is lost: \(error)")
        }
    }

    private func inspect(_ order: Order) async throws {
        let title = "\(order.kind.rawValue) order"
        switch order.phase {
        case .completed, .rejected, .cancelled: break
        case .stuck:
            if scenario.locates { ledger.find("\(title) is stuck: \(order.problem ?? "")") }
            if order.problem?.isEmpty ?? true { ledger.find("\(title) is stuck without a reason") }
        default: ledger.find("\(title) does not rest, it is \(order.phase.rawValue)")
        }
    }

    private func inspectRevocation(of certificate: IssuedCertificate) async throws {
        guard let revocation = try await surroundings.repository.revocation(of: certificate.id) else { return }
        if revocation.phase != .revoked || certificate.status != .revoked {
            ledger.find("a revocation is \(revocation.phase.rawValue): \(revocation.problem ?? "")")
        }
    }

    private func inspectWork(_ certificates: [IssuedCertificate]) async throws {
        let repository = surroundings.repository
        let now = surroundings.time.now()
        // The longest that any step takes.
        let longest = now.addingTimeInterval(120)
        for item in try await repository.work(after: nil, limit: 1000).items {
            if let lease = item.lease, lease.until > longest { ledger.find("\(item.subject.kind) is leased for ever") }
            if item.due < now, item.lease == nil {
                ledger.find("\(item.subject.kind) \(item.step) is due and not done")
            }
        }
        if try await !repository.unfinishedImports(account: Surroundings.account).isEmpty {
            ledger.find("an import is unfinished")
        }
        for managed in try await repository.managed(ManagedQuery()).items {
            guard let plan = managed.renewal, !plan.isStuck else { continue }
            if try await repository.work(.certificate(plan.certificate), task: LifecycleEngine.renewalTask) == nil {
                ledger.find("a planned renewal has no work")
            }
        }
        for record in try await repository.deployments(DeploymentQuery()).items where record.phase != .current {
            ledger.find("a deployment is \(record.phase.rawValue): \(record.problem ?? "")")
        }
        guard scenario.isServed, let places = surroundings.places else { return }
        for certificate in certificates
        where certificate.successor == nil && places.targets.contains(where: { $0.takes(certificate) }) {
            let record = try await repository.deployment(target: "web", managed: certificate.managed)
            if record?.wanted != certificate.id { ledger.find("a certificate is not brought to its target") }
        }
    }

    private func inspectJournal(_ orders: [Order]) async throws {
        var query = JournalQuery()
        query.limit = 10_000
        let lines = try await surroundings.repository.journal(query).items
        for (before, line) in zip(lines, lines.dropFirst()) {
            let hash = JournalChain.hash(line, after: before.hash, digest: Fingerprint.sha256)
            if line.sequence != before.sequence + 1 || line.hash != hash { ledger.find("the journal is broken") }
        }
        // Where old lines are dropped, the beginning is gone.
        guard scenario.journalAge == nil else { return }
        if lines.first?.sequence != 1 { ledger.find("the journal has lost its beginning") }
        for order in orders where order.isOurs {
            let events = lines.filter { $0.subject == .order(order.id) }.map(\.event)
            if events.first != "drafted" { ledger.find("the journal does not tell how an order began") }
            if !events.contains(order.phase.rawValue) { ledger.find("the journal does not tell how an order ended") }
            if order.reference != nil, !events.contains("intent") {
                ledger.find("the journal does not tell that an order was sent")
            }
        }
    }
}

extension Order {
    fileprivate var isOurs: Bool { kind != .imported }
}
