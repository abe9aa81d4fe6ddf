// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import PublicCA
import PublicCATesting
import SQLiteRepository
import Synchronization

/// Who wants the certificates, and looks each morning at what needs a person.
struct YearPerson: Sendable {
    let host: YearHost
    let surroundings: YearSurroundings
    private let desk = Desk()

    private final class Desk: Sendable {
        let decisions = Mutex(0)
        /// Mail of CAs that have revoked something.
        let mail = Mutex<[(account: String, order: OrderReference)]>([])
    }

    init(host: YearHost, surroundings: YearSurroundings) {
        self.host = host
        self.surroundings = surroundings
    }

    /// How often a person had to say how it goes on.
    var decisions: Int { desk.decisions.withLock { $0 } }

    private var engine: LifecycleEngine { host.engine }
    private var ledger: YearLedger { surroundings.ledger }

    static func name(_ number: Int) -> String { "h\(number).example.org" }
    /// Half of them live for 47 days, a quarter for 100, and a quarter for 199.
    static func term(_ number: Int) -> Int { [47, 100, 47, 199][number % 4] }

    func order(_ number: Int) async throws {
        let ca = surroundings.cas[number % surroundings.cas.count]
        var wish = OrderWish(account: ca.name, profile: "Mock DV", commonName: Self.name(number))
        wish.keyAlgorithm = .ecP256
        wish.term = Self.term(number)
        _ = try await engine.order(wish)
    }

    func hear(of order: OrderReference, at ca: YearCA) { desk.mail.withLock { $0.append((ca.name, order)) } }

    func visit() async throws {
        try await readMail()
        for account in try await surroundings.repository.accounts() where account.isPaused {
            let ca = surroundings.cas.first { $0.name == account.name }
            guard ca?.isRefusing == false else { continue }
            _ = try await engine.resumeAccount(account.name)
            desk.decisions.withLock { $0 += 1 }
        }
        let alerts = try await engine.attention(at: surroundings.time.now())
        try await decideOnRenewals(alerts)
        try await decideOnOrders(alerts)
    }

    /// Has the CA asked about what it says to have revoked.
    private func readMail() async throws {
        let mail = desk.mail.withLock { mail in
            defer { mail = [] }
            return mail
        }
        for (account, reference) in mail {
            guard let order = try await surroundings.repository.order(account: account, reference: reference) else {
                ledger.find("\(reference) of \(account) is not on record")
                continue
            }
            _ = try await engine.hasten(order)
        }
    }

    private func decideOnRenewals(_ alerts: [Attention]) async throws {
        var query = ManagedQuery()
        query.isStuck = true
        query.limit = 10_000
        for managed in try await surroundings.repository.managed(query).items {
            guard let plan = managed.renewal else { continue }
            expect(alerts, .renewalStuck, plan.certificate.rawValue, plan.problem)
            try await engine.retryRenewal(of: plan.certificate)
            desk.decisions.withLock { $0 += 1 }
        }
    }

    private func decideOnOrders(_ alerts: [Attention]) async throws {
        var query = OrderQuery()
        query.phases = [.stuck]
        query.limit = 10_000
        for order in try await surroundings.repository.orders(query).items {
            expect(alerts, .orderStuck, order.id.rawValue, order.problem)
            let ca = surroundings.cas.first { $0.name == order.account }
            // What the CA's portal shows.
            let found = order.reference == nil ? ca?.sales.references[order.key] : nil
            _ = try await engine.resolve(order.id, as: found.map { .placed($0) } ?? .retry)
            desk.decisions.withLock { $0 += 1 }
        }
    }

    /// Whoever is to decide is told of it, and why.
    private func expect(_ alerts: [Attention], _ kind: Attention.Kind, _ subject: String, _ problem: String?) {
        if problem?.isEmpty ?? true { ledger.find("\(subject) is stuck without a reason") }
        let isTold = alerts.contains { $0.kind == kind && [subject, Attention.others].contains($0.subject) }
        if !isTold { ledger.find("\(subject) is stuck, and nobody is told") }
    }
}
