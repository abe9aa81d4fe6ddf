// SPDX-License-Identifier: Apache-2.0

import CertificateMaterial
import FoundationEssentials
import LifecycleEngine
import LifecycleModel
import MockProvider
import PublicCA
import PublicCATesting

/// What has to hold at the end of the year.
struct YearAudit {
    let world: YearWorld

    private var surroundings: YearSurroundings { world.surroundings }
    private var repository: some LifecycleRepository { surroundings.repository }
    private var engine: LifecycleEngine { world.person.host.engine }
    private var now: Date { surroundings.time.now() }

    private func find(_ finding: String) { surroundings.ledger.find(finding) }

    func report() async throws -> YearReport {
        world.year.say("looking at what is kept")
        for ca in surroundings.cas {
            for duplicate in ca.sales.duplicates.prefix(20) { find("bought twice at \(ca.name): \(duplicate)") }
            if ca.ca.placedOrders.count != ca.sales.accepted.count { find("\(ca.name) has sold what nobody has seen") }
        }
        try await inspectOrders()
        try await inspectManaged()
        try await inspectKeys()
        try await inspectWork()
        do throws(LifecycleError) {
            _ = try await engine.verifyJournal()
        } catch {
            find("the journal is not what was written: \(error.description)")
        }
        return YearReport(world)
    }

    /// Everything that was sold is on record, and what was sold before the calm is at rest.
    private func inspectOrders() async throws {
        var sold = Dictionary(uniqueKeysWithValues: surroundings.cas.map { ($0.name, $0.sales.accepted) })
        var query = OrderQuery()
        query.limit = 1000
        repeat {
            let page = try await repository.orders(query)
            for order in page.items {
                guard let reference = order.reference else { continue }
                let date = sold[order.account]?.removeValue(forKey: reference)
                if date == nil { find("\(order.id) is for \(reference), which the CA has not sold, or not once") }
                if !order.phase.isFinal, now.timeIntervalSince(order.phaseSince) > YearPlan.calm {
                    find("\(order.id) does not rest: \(order.phase.rawValue), \(order.problem ?? order.wording)")
                }
            }
            query.after = page.next
        } while query.after != nil
        for (account, orders) in sold {
            for (reference, date) in orders.sorted(by: { $0.value < $1.value }).prefix(20)
            where now.timeIntervalSince(date) > YearPlan.day {
                find("\(account) was paid for \(reference) on \(date), and it is not on record")
            }
        }
    }

    /// Of every certificate that was ever issued, the key is here.
    private func inspectKeys() async throws {
        var query = CertificateQuery()
        query.limit = 1000
        repeat {
            let page = try await repository.certificates(query)
            for certificate in page.items where try await repository.key(certificate.facts.publicKey) == nil {
                find("the key of \(certificate.facts.commonName), issued on \(certificate.facts.notBefore), is lost")
            }
            query.after = page.next
        } while query.after != nil
    }

    private func inspectManaged() async throws {
        var query = ManagedQuery()
        query.limit = 1000
        var count = 0
        repeat {
            let page = try await repository.managed(query)
            for managed in page.items { try await inspect(managed) }
            count += page.items.count
            query.after = page.next
        } while query.after != nil
        if count != world.year.certificates { find("\(count) are kept alive, wanted \(world.year.certificates)") }
    }

    /// It is in force, with its key, and its successor is planned.
    private func inspect(_ managed: ManagedCertificate) async throws {
        guard let id = managed.current, let certificate = try await repository.certificate(id) else {
            return find("\(managed.id) has no certificate")
        }
        let name = certificate.facts.commonName
        if certificate.status(at: now) == .expired { find("\(name) has expired") }
        let ca = surroundings.cas.first { $0.name == certificate.account }
        if let date = ca?.sales.revocation(of: name), now.timeIntervalSince(date) > YearPlan.replacement(world.year) {
            find("\(name) was revoked on \(date), and has no successor")
        }
        let limit = max(
            3 * YearPlan.day, certificate.facts.notAfter.timeIntervalSince(certificate.facts.notBefore) / 12)
        if certificate.facts.notAfter.timeIntervalSince(now) < limit { find("\(name) ends soon, and has no successor") }
        do {
            let key = try await engine.privateKey(of: certificate)
            if try Material().key(key.der).publicKey != certificate.facts.publicKey {
                find("the key of \(name) does not fit")
            }
        } catch {
            find("the key of \(name) is lost: \(error)")
        }
        guard let plan = managed.renewal else { return find("no renewal of \(name) is planned") }
        let subject = Subject.certificate(plan.certificate)
        if !plan.isStuck, try await repository.work(subject, task: LifecycleEngine.renewalTask) == nil {
            find("nothing will renew \(name)")
        }
    }

    private func inspectWork() async throws {
        let paused = Set(try await repository.accounts().filter(\.isPaused).map(\.name))
        var cursor: PageCursor?
        repeat {
            let page = try await repository.work(after: cursor, limit: 1000)
            for item in page.items {
                if let lease = item.lease, lease.until > now.addingTimeInterval(600) {
                    find("\(item.subject) is leased for ever")
                }
                if item.due < now.addingTimeInterval(-YearPlan.day), !paused.contains(item.account) {
                    find("\(item.subject) \(item.step) is due since \(item.due), and not done")
                }
            }
            cursor = page.next
        } while cursor != nil
    }
}
