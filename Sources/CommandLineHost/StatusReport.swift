// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

/// The whole inventory at a glance, from numbers that are kept and never from counting.
struct StatusReport: Sendable {
    struct Attention: Sendable {
        var subject: String
        var what: String
        var hint: String
    }

    var attention: [Attention] = []
    /// There are more stuck or waiting orders than are listed.
    var hasMore = false
    var orders: [(String, Int)] = []
    var certificates: [(String, Int)] = []
    var expiring: [(days: Int, count: Int)] = []
    var next: WorkItem?

    /// An order that waits longer than this deserves a look.
    private static let patience: TimeInterval = 3 * 86400
    private static let listed = 10

    static func read(
        _ composition: Composition, at now: Date
    ) async throws(LifecycleError) -> StatusReport {
        let repository = composition.repository
        return try await reading { () async throws(RepositoryError) in
            var report = StatusReport()
            for account in try await repository.accounts() {
                for run in try await repository.unfinishedImports(account: account.name) {
                    guard let problem = run.problem, !account.isPaused else { continue }
                    report.attention.append(
                        Attention(
                            subject: account.name, what: "the import of account \(account.name) stands: \(problem)",
                            hint: "publicca order import --account \(account.name)"))
                }
                if let obstacle = await composition.obstacle(to: account) {
                    report.attention.append(
                        Attention(
                            subject: account.name, what: obstacle.message,
                            hint: obstacle.hint ?? "publicca account set \(account.name)"))
                } else if let failure = account.syncFailure {
                    report.attention.append(
                        Attention(
                            subject: account.name,
                            what: "the catalogs of account \(account.name) cannot be read: \(failure.problem)",
                            hint: "publicca account sync \(account.name)"))
                }
            }
            try await report.addRevocations(repository)
            try await report.add(
                repository, [.stuck], { _ in true }, hint: { $0.resolving })
            try await report.add(
                repository, [.submitting, .placed, .issued, .awaitingCapacity, .cancelling],
                { now.timeIntervalSince($0.createdAt) > patience }, hint: { "publicca order show \($0)" })
            let counts = try await repository.counts()
            let waiting = counts.orders[.awaitingCapacity, default: 0]
            if waiting > 0, let limit = composition.fullAt(counts, now) {
                report.attention.append(
                    Attention(
                        subject: "inventory",
                        what:
                            "\(waiting) issued \(waiting == 1 ? "certificate waits" : "certificates wait") at the CA: "
                            + "the inventory is full, its limit is \(limit)",
                        hint: composition.roomHint))
            }
            report.orders = OrderPhase.allCases.map { ($0.rawValue, counts.orders[$0, default: 0]) }
            report.count(counts, at: now)
            report.next = try await repository.work(after: nil, limit: 1).items.first
            return report
        }
    }

    /// Certificates that somebody wanted ended, and that are still good.
    private mutating func addRevocations(_ repository: any LifecycleRepository) async throws(RepositoryError) {
        var cursor: PageCursor?
        repeat {
            let page = try await repository.failedRevocations(after: cursor, limit: 100)
            for failed in page.items {
                let newest = try await repository.revocation(of: failed.certificate)
                let certificate = try await repository.certificate(failed.certificate)
                guard newest?.id == failed.id, let certificate, certificate.status == .valid else { continue }
                attention.append(
                    Attention(
                        subject: failed.certificate.rawValue,
                        what: "\(failed.certificate) \(certificate.facts.commonName) is not revoked: "
                            + (failed.problem ?? failed.wording),
                        hint: "publicca certificate revoke \(failed.certificate)"))
            }
            cursor = page.next
        } while cursor != nil
    }

    private mutating func add(
        _ repository: any LifecycleRepository, _ phases: [OrderPhase], _ isMeant: (Order) -> Bool,
        hint: (OrderID) -> String
    ) async throws(RepositoryError) {
        var query = OrderQuery()
        query.phases = phases
        query.limit = Self.listed
        // Oldest first: those that wait longest are among these.
        let page = try await repository.orders(query)
        for row in page.unreadable {
            let error = LifecycleError(unreadable: row, "order")
            attention.append(Attention(subject: row.reference, what: error.message, hint: error.hint ?? ""))
        }
        for order in page.items where isMeant(order) {
            let why = order.problem ?? order.wording
            attention.append(
                Attention(
                    subject: order.id.rawValue,
                    what: "\(order.id) \(order.details.commonName) is \(order.phase.rawValue) since "
                        + Dates.short(order.updatedAt) + (why.isEmpty ? "" : ": \(why)"),
                    hint: hint(order.id)))
        }
        if page.next != nil, let last = page.items.last, isMeant(last) { hasMore = true }
    }

    private mutating func count(_ counts: Counts, at now: Date) {
        let today = Counts.day(of: now)
        let expired = counts.expiring.filter { $0.key < today }.values.reduce(0, +)
        certificates = CertificateStatus.allCases.map { status in
            switch status {
            // The expired are kept among the valid.
            case .valid: (status.rawValue, max(0, counts.certificates[.valid, default: 0] - expired))
            case .expired: (status.rawValue, expired)
            case .revoked, .replaced: (status.rawValue, counts.certificates[status, default: 0])
            }
        }
        expiring = [7, 30, 90].map { days in
            (days, counts.expiring.filter { (today...today + days).contains($0.key) }.values.reduce(0, +))
        }
    }

    var json: JSONDocument {
        .object([
            "attention": .list(
                attention.map {
                    .object(["subject": .text($0.subject), "what": .text($0.what), "hint": .text($0.hint)])
                }),
            "orders": .object(Dictionary(uniqueKeysWithValues: orders.map { ($0, .number($1)) })),
            "certificates": .object(Dictionary(uniqueKeysWithValues: certificates.map { ($0, .number($1)) })),
            "expiring": .object(Dictionary(uniqueKeysWithValues: expiring.map { ("\($0.days)", .number($0.count)) })),
            "next": next.map {
                .object([
                    "subject": .text($0.subject.id), "step": .text($0.step), "dueAt": .date($0.due),
                    "account": .text($0.account),
                ])
            } ?? .null,
        ])
    }
}
