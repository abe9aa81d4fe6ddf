// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import HostSupport
import LifecycleEngine
import LifecycleModel
import PublicCA

struct AutoRenewListCommand: HostCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "What is planned, and what has been given up.",
        usage: "publicca auto-renew list [options]",
        discussion: "Example: publicca auto-renew list --account demo")

    @Option(help: ArgumentHelp(valueName: "name")) var account: String?
    @Flag(help: "Only what has been given up.") var stuck = false
    @Option(help: ArgumentHelp("How many at most.", valueName: "number")) var limit = 100
    @Option(help: ArgumentHelp("Where the list before ended.", valueName: "cursor")) var after: String?
    @OptionGroup(visibility: .hidden) var global: GlobalOptions

    func validate() throws {
        guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    }

    func run(_ session: Session) async throws -> ExitStatus {
        let composition = try await session.open()
        if let account { _ = try await composition.account(account) }
        var query = ManagedQuery()
        query.account = account
        query.isStuck = stuck
        // Every plan has a date.
        query.renewalDueBy = .distantFuture
        query.limit = limit
        query.after = after.map { PageCursor($0) }
        let wanted = query
        let repository = composition.repository
        let page = try await reading { () async throws(RepositoryError) in try await repository.managed(wanted) }
        var items: [JSONDocument] = []
        var table = Table("CERTIFICATE", "COMMON NAME", "DUE", "STATE", "WHY", "PROBLEM")
        for managed in page.items {
            guard let plan = managed.renewal else { continue }
            let certificate = try await reading { () async throws(RepositoryError) in
                try await repository.certificate(plan.certificate)
            }
            let name = certificate?.facts.commonName ?? ""
            items.append(
                .object([
                    "certificate": .text(plan.certificate.rawValue), "commonName": .text(name),
                    "account": .text(managed.account), "dueAt": .date(plan.dueAt), "state": .text(plan.state),
                    "reason": .text(plan.reason.rawValue), "note": .text(plan.note),
                    "order": .optional(plan.order?.rawValue), "failures": .number(plan.failures.count),
                    "problem": .optional(plan.problem),
                ]))
            table.add(
                plan.certificate.rawValue, name, Dates.short(plan.dueAt), plan.state, plan.note, plan.problem)
        }
        try session.output.list(
            items, next: page.next?.rawValue, table,
            empty: stuck ? "nothing has been given up" : "begin with: publicca auto-renew enable")
        return session.tell(ofUnreadable: page.unreadable, "managed certificate")
    }
}

extension RenewalPlan {
    /// Where it is, in a word for tables and scripts.
    var state: String {
        if isStuck { return "stuck" }
        if order != nil { return "underWay" }
        // Nothing was tried, and it says why: the CA, or a person here, has seen to it otherwise.
        if isRenewedElsewhere || (problem != nil && failures.count == 0) { return "skipped" }
        return failures.count > 0 ? "failing" : "planned"
    }
}
