// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LifecycleModel
import PublicCA

extension AttentionReading {
    mutating func readAccounts() async throws(RepositoryError) {
        for account in try await repository.accounts() {
            if let obstacle = try await obstacle(to: account) {
                hampered.insert(account.name)
                note(obstacle)
            } else {
                active.append(account.name)
                try await readImports(of: account)
                readCatalogs(of: account)
            }
            try await readRestored(account)
            readReport(of: account)
            try await readDomains(of: account)
        }
    }

    /// Why nothing of it goes on, with how much waits for that.
    private func obstacle(to account: AccountRecord) async throws(RepositoryError) -> Attention? {
        if let problem = account.pauseProblem {
            return Attention(
                .accountPaused, severity: account.isPausedByPerson ? .warning : .critical, subject: account.name,
                what: problem.message + waiting(try await unfinished(of: account.name)), hint: problem.hint ?? "")
        }
        do throws(LifecycleError) {
            _ = try await accounts.open(account)
        } catch {
            return Attention(
                .accountClosed, subject: account.name,
                what: error.message + waiting(try await unfinished(of: account.name)),
                hint: error.hint ?? "publicca account set \(account.name)")
        }
        return try await silence(of: account)
    }

    /// A CA that has failed to answer for a while.
    private func silence(of account: AccountRecord) async throws(RepositoryError) -> Attention? {
        let failing = try await unfinished(of: account.name, isFailing: true)
        let since = failing.items.compactMap(\.failures.since).min()
        guard let since, now.timeIntervalSince(since) >= Self.patience else { return nil }
        let problem = failing.items.compactMap(\.problem).first.map { ": \($0)" } ?? ""
        return Attention(
            .accountUnreachable, severity: now.timeIntervalSince(since) >= Self.day ? .critical : .warning,
            subject: account.name,
            what: "the CA does not answer account \(account.name) as it should\(waiting(failing))\(problem)",
            hint: "it is asked again by itself; try: publicca account verify \(account.name)", since: since)
    }

    private static let patience: TimeInterval = 15 * 60
    private static let day: TimeInterval = 86400

    private func unfinished(
        of account: String, isFailing: Bool = false
    ) async throws(RepositoryError) -> Page<Order> {
        var query = OrderQuery()
        query.account = account
        query.isFailing = isFailing
        query.phases = OrderPhase.allCases.filter { !$0.isFinal && $0 != .stuck }
        query.limit = 1000
        return try await repository.orders(query)
    }

    private func waiting(_ orders: Page<Order>) -> String {
        let count = orders.items.count
        guard count > 0 else { return "" }
        return "; \(orders.next == nil ? "" : "more than ")\(count) \(count == 1 ? "order waits" : "orders wait")"
    }

    private mutating func readImports(of account: AccountRecord) async throws(RepositoryError) {
        for run in try await repository.unfinishedImports(account: account.name).prefix(Self.listed) {
            guard let problem = run.problem else { continue }
            note(
                Attention(
                    .importStands, subject: account.name,
                    what: "the import of account \(account.name) stands: \(problem)",
                    hint: "publicca order import --account \(account.name)", since: run.failures.since,
                    account: account.name))
        }
    }

    private mutating func readCatalogs(of account: AccountRecord) {
        guard let failure = account.syncFailure else { return }
        note(
            Attention(
                .catalogUnreadable, subject: account.name,
                what: "the catalogs of account \(account.name) cannot be read: \(failure.problem)",
                hint: "publicca account sync \(account.name)", since: failure.failures.since, account: account.name))
    }

    /// What the CA itself said about the account when it was last asked.
    private mutating func readReport(of account: AccountRecord) {
        guard let report = account.report else { return }
        if let end = report.credentialsExpireAt, end.timeIntervalSince(now) <= 30 * Self.day {
            note(
                Attention(
                    .credentialsEnd, severity: end.timeIntervalSince(now) <= 3 * Self.day ? .critical : .warning,
                    subject: account.name,
                    what:
                        "the credentials of account \(account.name) \(end < now ? "ended" : "end") \(days(until: end))",
                    hint: "publicca account set \(account.name) --secret KEY=SOURCE"))
        }
        guard let first = report.warnings.first else { return }
        let others = report.warnings.count - 1
        note(
            Attention(
                .accountWarning, subject: account.name,
                what: "account \(account.name): \(first)" + (others > 0 ? "; and \(others) more of the kind" : ""),
                hint: "publicca account verify \(account.name)"))
    }

    private mutating func readDomains(of account: AccountRecord) async throws(RepositoryError) {
        var query = CatalogQuery(account: account.name, kind: .domains)
        query.validationEnds = now.addingTimeInterval(-30 * Self.day)..<now.addingTimeInterval(14 * Self.day)
        query.limit = Self.page
        let page = try await repository.catalog(query)
        note(unreadable: page.unreadable, "catalog entry")
        for entry in page.items.prefix(Self.listed) {
            guard let end = entry.item.validationExpiresAt else { continue }
            note(
                Attention(
                    .domainValidationEnds, subject: "\(account.name)/\(entry.item.id)", name: entry.item.name,
                    what: "the validation of \(entry.item.name) at account \(account.name) "
                        + "\(end < now ? "ended" : "ends") \(days(until: end))",
                    hint: "have it proved again at the CA, then: publicca account sync \(account.name)"))
        }
        noteOthers(
            .domainValidationEnds, page.items.count - Self.listed, isLeast: page.next != nil,
            "validations of domains of account \(account.name) end or have ended",
            hint: "publicca catalog domains --account \(account.name)")
    }
}
